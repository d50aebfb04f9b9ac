/** A manifest that was read: YAML, or JSON. Its errors hold no password. */
import { YamlFile } from '@pop3kit/yaml-file'
import type { BaseIssue } from 'valibot'
import { MailboxError } from './mailbox-error.ts'
import { type Manifest, manifestSchema } from './manifest-schema.ts'

/** A manifest with its text. */
export class ManifestFile extends YamlFile<Manifest> {
  /** @throws {MailboxError} When the text is not a manifest. */
  constructor(file: string, text: string) {
    super({ file, text, schema: manifestSchema, whole: 'the manifest', told, FileError: MailboxError })
  }
}

/** Only unique-ids and dates are more than text; any other text may be a password. */
function told({ type, input }: BaseIssue<unknown>): string {
  return type === 'regex' || type === 'check' ? JSON.stringify(input) : kindOf(input)
}

const kinds: Record<string, string> = { string: 'text', number: 'a number', boolean: 'true or false' }

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return kinds[typeof value] ?? 'a mapping'
}
