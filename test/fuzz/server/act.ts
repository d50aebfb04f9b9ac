/** What a client does in one step of a case. */
import { isPop3Error } from '@pop3kit/codec'
import type { Pop3Server } from '@pop3kit/server'
import { setImmediate } from 'node:timers/promises'
import type { Step } from './case.ts'
import { apopSecret, passwords } from '../maildrops.ts'
import type { Peer } from './peer.ts'
import { prove } from './prove.ts'

export type ClientStep = Extract<Step, { readonly client: number }>

export async function act(peer: Peer, step: ClientStep, server: Pop3Server): Promise<void> {
  const settled = (): Promise<void> => server.clock.advance(0)
  switch (step.type) {
    case 'send':
      peer.send(step.octets, step.pieces)
      if (step.then === 'turn') await setImmediate()
      else if (step.then === 'settle') await settled()
      break
    case 'prove': {
      const ask = async (line: string): Promise<string> => {
        await settled()
        const before = peer.heard.length
        peer.send(`${line}\r\n`, 0)
        await settled()
        return peer.heard.slice(before)
      }
      const secret = step.rightly ? (passwords[step.user] ?? apopSecret) : 'wrong'
      try {
        await prove(ask, { ...step, secret, heard: peer.heard })
      } catch (error) {
        // In the midst of another exchange the challenge is one of that.
        if (!isPop3Error(error)) throw error
      }
      break
    }
    case 'secure':
      await settled()
      if (!peer.isSecured) peer.send('STLS\r\n', 0)
      await settled()
      if (/\+OK[^\n]*\n$/.test(peer.heard)) await peer.secure(server)
      break
    case 'garble':
      peer.garble(step.octets)
      break
    default:
      peer[step.type]()
  }
}
