/** A server product as data: what to install, how to configure and start it, and where its mail is. */
import type { Maildrop } from './maildrop.ts'

export interface Product {
  /** Names of Debian packages. */
  readonly packages: readonly string[]
  readonly prepare: (place: Place) => Preparation
}

/** Where a server is to run, on 127.0.0.1. */
export interface Place {
  readonly port: number
  /** For implicit TLS. */
  readonly tlsPort: number
  /** For what is not POP3. */
  readonly otherPort: number
  /** For the mail; everybody on the machine may enter it. */
  readonly folder: string
}

export interface Preparation {
  /** Texts of files in /etc, by path. */
  readonly files: Readonly<Record<string, string>>
  /** Shell commands that start it in the background. */
  readonly start: string
  /** The mail of alice, empty at first. */
  readonly maildrop: Maildrop
}

/** The PEM file with the key of each server and its certificate. */
export const CERTIFICATE = '/etc/ssl/real-server.pem'
