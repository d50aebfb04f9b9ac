/** The commands as a table: adding a verb is adding a file and its line here. */
import { apop } from './apop.ts'
import { capa } from './capa.ts'
import type { CommandDefinition } from './command-definition.ts'
import { dele } from './dele.ts'
import { list } from './list.ts'
import { noop } from './noop.ts'
import { pass } from './pass.ts'
import { quit } from './quit.ts'
import { retr } from './retr.ts'
import { rset } from './rset.ts'
import { stat } from './stat.ts'
import { top } from './top.ts'
import { uidl } from './uidl.ts'
import { user } from './user.ts'

const definitions = [user, pass, apop, capa, stat, list, uidl, retr, top, dele, noop, rset, quit] as const

/** The definition of every verb, by its name. */
export const commands: ReadonlyMap<string, CommandDefinition<unknown>> = new Map(
  definitions.map((definition): [string, CommandDefinition<unknown>] => [definition.verb, definition]),
)
