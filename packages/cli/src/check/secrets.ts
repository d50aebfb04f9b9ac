/** Secrets: from a file or from the environment rather than from the command line, which every user of a machine can read. */
import { readText } from '../read-text.ts'

/** What is said of them on the command line. */
export interface SecretOptions {
  readonly password?: string
  readonly passwordFile?: string
  readonly apopSecretFile?: string
  readonly accessTokenFile?: string
}

/** The secrets that there are. */
export interface Secrets {
  readonly password: string | undefined
  readonly apopSecret: string | undefined
  readonly accessToken: string | undefined
}

/** The environment variables. */
export const variables = {
  password: 'POP3KIT_PASSWORD',
  apopSecret: 'POP3KIT_APOP_SECRET',
  accessToken: 'POP3KIT_ACCESS_TOKEN',
} as const

/** @throws {UsageError} When a file cannot be read. */
export async function secretsOf(options: SecretOptions, environment: NodeJS.ProcessEnv): Promise<Secrets> {
  return {
    password: options.password ?? (await lineOf(options.passwordFile)) ?? environment[variables.password],
    apopSecret: (await lineOf(options.apopSecretFile)) ?? environment[variables.apopSecret],
    accessToken: (await lineOf(options.accessTokenFile)) ?? environment[variables.accessToken],
  }
}

/** The first line of a file: editors end it with a line end, which is no part of a secret. */
async function lineOf(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : (await readText(file)).split(/\r?\n/, 1)[0]
}
