/** `pop3kit replay`: serves a recorded session again. Status 1: a client did something else than the transcript. */
import { isPop3Error } from '@pop3kit/codec'
import { setupPop3Server } from '@pop3kit/server'
import { parseTranscript, replayTranscript } from '@pop3kit/transcript'
import { Command } from 'commander'
import { parsePort } from '../port.ts'
import { printJson, printText } from '../print.ts'
import { readText } from '../read-text.ts'
import { untilSignal } from '../until-signal.ts'

interface ReplayOptions {
  readonly lenient?: true
  readonly port: number
  readonly json?: true
}

/** The command with its options. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Serve a transcript again: the same answers in the same pieces, with the same pauses')
    .argument('<file>', 'the transcript, recorded or written by hand')
    .option('--lenient', 'find answers by command, in any order (default: the same commands in the same order)')
    .option('--port <port>', 'the port to listen on, 0 for a free one', parsePort, 0)
    .option('--json', 'print one JSON object a line')
    .action(replay)
}

async function replay(file: string, { lenient, port, json }: ReplayOptions): Promise<void> {
  const transcript = parseTranscript(await readText(file), { file })
  const server = setupPop3Server(replayTranscript(transcript, { mode: lenient === true ? 'lenient' : 'strict' }))
  // Asked for before anything is told: who reads the first line may end it at once.
  const signalled = untilSignal()
  await server.listen({ port })
  const print = json === true ? printJson : printText
  print(server, { persona: `a replay of "${file}"`, logins: [] })
  await signalled
  try {
    await server.close()
  } catch (error) {
    if (!isPop3Error(error) || error.code !== 'POP3_HANDLER') throw error
    process.stderr.write(`pop3kit: ${error.message}\n`)
    process.exitCode = 1
  }
}
