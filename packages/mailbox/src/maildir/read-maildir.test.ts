import { expect, test } from 'vitest'
import { loadMailbox } from '../load-mailbox.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('a Maildir is what is in new and cur, in the order of delivery', async () => {
  const folder = await temporaryFolder({
    'cur/1767600000.M2P1.host:2,RS': 'second',
    'new/1767600000.M1P1.host': 'first',
    'cur/1767500000.M1P1.host:2,': 'zeroth',
    'tmp/1767600000.M3P1.host': 'not delivered yet',
    'new/.nfs001': 'not a message',
    'dovecot-uidlist': '3',
    '.Sent/cur/1767600000.M4P1.host:2,S': 'in another mailbox',
  })
  const { messages, maildrops } = await loadMailbox(folder)
  expect(maildrops).toEqual({})
  expect(messages.map(({ content, ...about }) => [Buffer.from(content).toString(), about])).toEqual([
    [
      'zeroth',
      { file: 'cur/1767500000.M1P1.host:2,', uid: '1767500000.M1P1.host', arrivedAt: 1_767_500_000_000, flags: '' },
    ],
    ['first', { file: 'new/1767600000.M1P1.host', uid: '1767600000.M1P1.host', arrivedAt: 1_767_600_000_000 }],
    [
      'second',
      { file: 'cur/1767600000.M2P1.host:2,RS', uid: '1767600000.M2P1.host', arrivedAt: 1_767_600_000_000, flags: 'RS' },
    ],
  ])
  const { messages: sent } = await loadMailbox(`${folder}/.Sent`)
  expect(sent.map(({ uid }) => uid)).toEqual(['1767600000.M4P1.host'])
})

test('a message that is a folder is refused', async () => {
  const folder = await temporaryFolder({ 'new/1/x': '' })
  await expect(loadMailbox(folder)).rejects.toThrow('new/1": it cannot be read (EISDIR); expected a message')
})
