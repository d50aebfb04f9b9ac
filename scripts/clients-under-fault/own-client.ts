/** What becomes of our client under the faults, which test/clients-under-fault.test.ts shows. */
import type { FaultName } from './faults.ts'

/** The words of the page, with the code of the error that ends the session. Where there are none it has all the mail. */
export const ownOutcomes: Partial<Readonly<Record<FaultName, string>>> = {
  'noterm-close': 'POP3_CLOSED',
  'trunc-close': 'POP3_CLOSED',
  'rst-mid': 'POP3_CLOSED',
  'noterm-open': 'POP3_TIMEOUT',
  'lf-terminator': 'POP3_TIMEOUT',
  // Every client that does as RFC 1939 section 3 says takes the dot away that nobody has put there.
  unstuffed: 'POP3_PROTOCOL, leaves 1 altered',
  'extra-crlf-status': 'POP3_PROTOCOL',
  'retr2-err': 'POP3_REPLY',
  'retr7-err': 'POP3_REPLY',
  'list-err': 'POP3_REPLY',
  'no-uidl': 'POP3_REPLY',
  'quit-close': 'POP3_CLOSED',
  'greeting-err': 'POP3_REPLY',
  'greeting-silent': 'POP3_TIMEOUT',
  'login-close': 'POP3_CLOSED',
}
