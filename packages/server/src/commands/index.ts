/** The commands as a table: adding a verb is adding a file and its line here. */
import { apop } from './apop.ts'
import type { ArgumentShape } from '../personas/argument-reader.ts'
import { auth } from './auth.ts'
import { capa } from './capa.ts'
import type { CommandDefinition } from './command-definition.ts'
import { dele } from './dele.ts'
import { lang } from './lang.ts'
import { last } from './last.ts'
import { list } from './list.ts'
import { noop } from './noop.ts'
import { pass } from './pass.ts'
import { quit } from './quit.ts'
import { retr } from './retr.ts'
import { rset } from './rset.ts'
import { stat } from './stat.ts'
import { stls } from './stls.ts'
import { top } from './top.ts'
import { uidl } from './uidl.ts'
import { user } from './user.ts'
import { utf8 } from './utf8.ts'
import { xclient } from './xclient.ts'
import { xoip } from './xoip.ts'

/** The definition of every verb, by its name. Which of them there are, and in which state, is the persona's. */
export const commands: ReadonlyMap<string, CommandDefinition<ArgumentShape>> = new Map(
  [
    user,
    pass,
    apop,
    auth,
    stls,
    utf8,
    lang,
    capa,
    stat,
    list,
    uidl,
    retr,
    top,
    dele,
    noop,
    rset,
    last,
    quit,
    xclient,
    xoip,
  ].map((definition): [string, CommandDefinition<ArgumentShape>] => [definition.verb, definition]),
)
