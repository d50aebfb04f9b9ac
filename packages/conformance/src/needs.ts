/** Whether a check has what it cannot do without. */
import { mechanismsOf } from './context.ts'
import type { Need } from './check.ts'
import type { Settings } from './options.ts'
import type { Survey } from './survey.ts'
import { notOffered, notTestable, type Verdict } from './verdict.ts'

interface Situation {
  readonly settings: Settings
  readonly survey: Survey
}

type Rule = (situation: Situation) => Verdict | undefined

/** Needs that stand for themselves. */
type PlainNeed = Exclude<Need, `capability ${string}` | `mechanism ${string}`>

const rules: Readonly<Record<PlainNeed, Rule>> = {
  message: ({ survey }) => (survey.scan.length > 0 ? undefined : notTestable('LIST shows no message')),
  'two messages': ({ survey }) =>
    survey.scan.length > 1 ? undefined : notTestable('LIST shows fewer than two messages'),
  'known content': ({ settings }) =>
    settings.known?.some(({ content }) => content !== undefined) === true
      ? undefined
      : notTestable('The content of the messages is not known'),
  password: ({ survey }) =>
    survey.login === 'USER' ? undefined : notTestable(`The suite logs in with ${survey.login}`),
  marks: ({ settings }) =>
    settings.allowDeletions === true ? undefined : notTestable('It marks messages with DELE, which is not allowed'),
  removal: ({ settings }) =>
    settings.allowDeletions === true ? undefined : notTestable('It removes a message, which is not allowed'),
  'failed logins': () => undefined,
  waiting: ({ settings }) =>
    settings.wait !== undefined ? undefined : notTestable('It lasts more than ten minutes, which is not asked for'),
  APOP: ({ survey }) =>
    survey.timestamp !== undefined ? undefined : notOffered('The greeting has no timestamp: APOP is not announced'),
  'APOP secret': ({ settings }) =>
    settings.apopSecret !== undefined ? undefined : notTestable('No APOP secret is given'),
  'access token': ({ settings }) =>
    settings.accessToken !== undefined ? undefined : notTestable('No access token is given'),
  CAPA: ({ survey: { capabilities } }) =>
    (capabilities.clear ?? capabilities.tls ?? capabilities.transaction) !== undefined
      ? undefined
      : notOffered('CAPA is refused'),
  TOP: ({ survey }) => (survey.works.TOP ? undefined : notOffered('TOP is refused')),
  UIDL: ({ survey }) => (survey.works.UIDL ? undefined : notOffered('UIDL is refused')),
  clear: ({ settings }) =>
    settings.mode === 'implicit' ? notTestable('The connection is under TLS from its first octet on') : undefined,
  STLS: (situation) =>
    rules.clear(situation) ?? (hasStls(situation) ? undefined : notOffered('CAPA does not list STLS')),
  TLS: (situation) =>
    situation.settings.mode === 'implicit' || hasStls(situation) ? undefined : notOffered('CAPA does not list STLS'),
  'implicit TLS': ({ settings }) =>
    settings.mode === 'implicit' ? undefined : notTestable('The connection begins in clear'),
}

const hasStls = ({ settings, survey }: Situation): boolean =>
  settings.mode === 'starttls' || survey.capabilities.clear?.has('STLS') === true

/** Says why a check cannot be done, if it cannot. */
export function unmet(needs: readonly Need[], situation: Situation): Verdict | undefined {
  for (const need of needs) {
    const verdict = ruleFor(need)(situation)
    if (verdict !== undefined) return verdict
  }
  return undefined
}

function ruleFor(need: Need): Rule {
  if (isPlain(need)) return rules[need]
  const [kind, name = ''] = need.split(' ')
  return kind === 'mechanism'
    ? ({ survey }) => (isMechanism(survey, name) ? undefined : notOffered(`SASL does not list ${name}`))
    : ({ survey }) => (isListed(survey, name) ? undefined : notOffered(`CAPA does not list ${name}`))
}

const isPlain = (need: Need): need is PlainNeed => need in rules

const isListed = ({ capabilities }: Survey, tag: string): boolean =>
  Object.values(capabilities).some((listed) => listed?.has(tag) === true)

const isMechanism = ({ capabilities }: Survey, name: string): boolean =>
  [capabilities.clear, capabilities.tls].some((listed) => mechanismsOf(listed).includes(name))
