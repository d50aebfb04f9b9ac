import { pop3 } from '@pop3kit/server'
import type { Break } from '../mock.ts'
import { afterLogin, beforeLogin, fine, hangsUp, lineOf, refuses, rewrite, when } from '../wrong.ts'

export const utf8Lang: Readonly<Record<string, Break>> = {
  // As Gmail does (M52).
  utf8: { handlers: () => [pop3.utf8('', when(beforeLogin, hangsUp))] },
  'utf8-argument': { handlers: () => [pop3.utf8(/./, fine)] },
  'utf8-after-login': { handlers: () => [pop3.utf8(when(afterLogin, fine))] },
  'utf8-header': { maildrop: { policies: { internationalized: 'send' } } },
  'utf8-user': {
    handlers: () => [pop3.user(when((context) => lineOf(context).includes('\xff'), fine)), pop3.pass('x', fine)],
  },
  'lang-list': {
    handlers: () => [
      pop3.lang(
        '',
        rewrite((text) => text.replace(/\.\r\n$/, '?? nobody knows\r\n.\r\n')),
      ),
    ],
  },
  'lang-choose': {
    handlers: () => [
      pop3.lang(
        'en',
        rewrite(() => '+OK English\r\n'),
      ),
    ],
  },
  'lang-unknown': { handlers: () => [pop3.lang('x-nosuch', fine)] },
  'lang-default': { handlers: () => [pop3.lang('*', refuses)] },
}
