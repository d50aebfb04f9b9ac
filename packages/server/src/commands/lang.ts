/** LANG [tag], RFC 6856 section 3 (R95): the languages, or another one; `*` is the server's own. */
import type { CommandDefinition } from './command-definition.ts'

export const lang: CommandDefinition<'any'> = {
  verb: 'LANG',
  argument: 'any',
  run(session, argument) {
    const { languages } = session.persona
    if (argument === undefined) {
      return session.voice.ok(
        'lang.list',
        {},
        { lines: Object.entries(languages).map((language) => language.join(' ')) },
      )
    }
    const wanted = argument.toLowerCase()
    const tags = Object.keys(languages)
    const tag = wanted === '*' ? tags[0] : tags.find((known) => known.toLowerCase() === wanted)
    if (tag === undefined) return session.voice.err('lang.unknown')
    session.language = tag
    return session.voice.ok('lang.ok', { language: tag })
  },
}
