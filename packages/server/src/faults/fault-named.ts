/** Faults out of JSON. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { Fault } from './fault.ts'
import { fault } from './index.ts'

/**
 * Makes a fault of its form in JSON: `faultNamed('cut', [{ octet: 1200 }])` is `fault.cut({ octet: 1200 })`.
 *
 * @example Keep a fault as JSON
 * ```ts
 * import { fault, faultNamed } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const { name, args } = JSON.parse(JSON.stringify(fault.slow('2s', 'terminator').form))
 * assert.equal(faultNamed(name, args).fault, "slow('2s', 'terminator')")
 * assert.throws(() => faultNamed('explode', []), /Cannot find a fault "explode": expected one of err, status, /)
 * ```
 *
 * @throws {Pop3ArgumentError} When there is no fault of this name, or it does not take these arguments.
 */
export function faultNamed(name: string, args: readonly unknown[]): Fault {
  const makers: ReadonlyMap<string, (...args: never[]) => Fault> = new Map(Object.entries(fault))
  const make = makers.get(name)
  if (make === undefined) {
    throw new Pop3ArgumentError(`Cannot find a fault "${name}": expected one of ${[...makers.keys()].join(', ')}`)
  }
  // Each fault looks at what it is given, whatever its type.
  return Reflect.apply(make, undefined, args)
}
