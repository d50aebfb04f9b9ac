import { expect, test, vi } from 'vitest'
import { type ComposeOptions, compose, treeOf } from './compose.ts'
import { render } from './render.ts'

const messages: ReadonlyArray<[what: string, options: Omit<ComposeOptions, 'from'>]> = [
  ['nothing', {}],
  ['text', { text: 'Hello\nWörld\r\nlast' }],
  ['long lines', { text: 'x'.repeat(3000) }],
  ['characters of three octets', { text: '海'.repeat(300) }],
  ['HTML', { html: '<p>Hello</p>\n' }],
  ['both', { text: 'Hello', html: '<p>Hello</p>' }],
  [
    'a picture',
    { html: '<img src="cid:x">', attachments: [{ filename: 'x.png', cid: 'x', content: new Uint8Array(500) }] },
  ],
  ['a file alone', { attachments: [{ filename: 'ü b.pdf', content: new Uint8Array([0, 10, 13, 255]) }] }],
  [
    'files',
    {
      text: 'Two',
      attachments: [
        { filename: 'a.txt', content: '' },
        { filename: 'b', content: 'b' },
      ],
    },
  ],
  [
    'a message',
    { text: 'x', attachments: [{ filename: 'm.eml', content: 'A: 1\n\nö\n', contentType: 'message/rfc822' }] },
  ],
  ['an invitation', { text: 'Come', calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\nSUMMARY:Für alle\n' } }],
]

test.each(messages)('%s is rendered as the library does it', async (_what, options) => {
  const tree = (): ReturnType<typeof treeOf> => treeOf({ from: 'alice@example.com', ...options }, 'same')
  const reference = tree()
  reference.newline = 'windows'
  expect(Buffer.from(render(tree())).toString('latin1')).toBe((await reference.build()).toString('latin1'))
})

test('fake timers do not hold it up', () => {
  vi.useFakeTimers()
  try {
    expect(compose({ from: 'alice@example.com', text: 'x' }).length).toBeGreaterThan(100)
  } finally {
    vi.useRealTimers()
  }
})
