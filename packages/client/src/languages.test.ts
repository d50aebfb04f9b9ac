import { expect, test } from 'vitest'
import { Pop3Client } from './client.ts'
import { type Script, scriptedServer } from './testing/scripted-server.ts'

function connect(script: Script): { commands: readonly string[]; client: Pop3Client } {
  const { transport, commands } = scriptedServer(script)
  return { commands, client: new Pop3Client({ transport }) }
}

test('R95: LANG lists languages, whose descriptions may be missing or in UTF-8', async () => {
  const { client } = connect({ LANG: Buffer.from('+OK\r\nen English\r\nfr Français\r\ni-default\r\nx  y\r\n.\r\n') })
  expect(await client.lang()).toEqual([
    { tag: 'en', description: 'English' },
    { tag: 'fr', description: 'Français' },
    { tag: 'i-default', description: '' },
    { tag: 'x', description: 'y' },
  ])
})

test('R95: LANG with a tag, or "*", says which language it is now', async () => {
  const { commands, client } = connect({ 'LANG es': '+OK es Idioma cambiado\r\n', 'LANG *': '+OK en\r\n' })
  expect(await client.lang('es')).toEqual({ tag: 'es', description: 'Idioma cambiado' })
  expect(await client.lang('*', { timeout: '1s' })).toEqual({ tag: 'en', description: '' })
  expect(commands).toEqual(['LANG es', 'LANG *'])
})

test('a language that the server does not have is refused', async () => {
  const { client } = connect({ LANG: '-ERR invalid language tag\r\n' })
  await expect(client.lang('tlh')).rejects.toMatchObject({ code: 'POP3_REPLY', command: 'LANG tlh' })
})

test('a row without a tag is a protocol error, and the connection goes on', async () => {
  const { client } = connect({ 'LANG en': '+OK\r\n', LANG: '+OK\r\n \r\n.\r\n', NOOP: '+OK\r\n' })
  await expect(client.lang()).rejects.toMatchObject({ code: 'POP3_PROTOCOL', offset: 16, excerpt: ' ' })
  await expect(client.lang('en')).rejects.toMatchObject({ code: 'POP3_PROTOCOL' })
  await client.noop()
})

test.each(['', 'en us', 'en\r\nDELE 1', 'ü'])('%j is no language tag, and is not sent', async (tag) => {
  const { commands, client } = connect({})
  await expect(client.lang(tag)).rejects.toMatchObject({ code: 'POP3_ARGUMENT' })
  expect(commands).toEqual([])
})

test('R90: UTF8 is sent as it is called, and a server may refuse it or close (M52)', async () => {
  const { commands, client } = connect({ UTF8: '+OK UTF8 enabled\r\n' })
  await client.utf8()
  expect(commands).toEqual(['UTF8'])
  await expect(connect({}).client.utf8()).rejects.toMatchObject({ code: 'POP3_REPLY', command: 'UTF8' })
  const gone = connect({ UTF8: (end) => end.close() })
  await expect(gone.client.utf8()).rejects.toMatchObject({ code: 'POP3_CLOSED', phase: 'UTF8' })
})
