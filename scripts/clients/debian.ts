/** Debian packages unpacked into a folder of .cache/, and the environment variables that let programs find them there. */
import { existsSync, globSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join, relative } from 'node:path'
import { command } from '../lib/command.ts'
import { cache, complaintOf, download } from './apt.ts'

/** The folder for a client's packages. */
export function rootFor(name: string): string {
  return join(cache, name.toLowerCase().replaceAll(/\W+/g, '-'))
}

/**
 * Unpacks packages with all that they need and the machine has not, once.
 *
 * @throws {Error} when they cannot be had
 */
export async function unpack(root: string, packages: readonly string[]): Promise<void> {
  const complete = join(root, 'complete')
  if (existsSync(complete)) return
  rmSync(root, { recursive: true, force: true })
  const archives = join(root, 'archives')
  for (const archive of await download(packages, archives)) {
    const { ok, transcript } = await command('dpkg-deb', ['--extract', archive, root], { cwd: root })
    if (!ok) throw new Error(complaintOf(transcript))
  }
  rmSync(archives, { recursive: true })
  relink(root)
  finish(root)
  writeFileSync(complete, '')
}

/** The machine's own programs come first. */
export function environmentOf(root: string): Record<string, string> {
  const list = (...paths: readonly (string | undefined)[]): string =>
    paths.filter((path) => path !== undefined).join(delimiter)
  const unpacked = (pattern: string): string[] => globSync(pattern, { cwd: root }).map((path) => join(root, path))
  const { PATH } = process.env
  return {
    PATH: list(PATH, ...unpacked('usr/bin'), ...unpacked('usr/lib/jvm/*/bin')),
    LD_LIBRARY_PATH: list(...unpacked('usr/lib'), ...unpacked('{usr/,}lib/*-linux-gnu*')),
    PERL5LIB: list(...unpacked('usr/share/perl5'), ...unpacked('usr/lib/*/perl5/*')),
    PYTHONPATH: list(...unpacked('usr/lib/python3/dist-packages')),
    CLASSPATH: list('/usr/share/java/*', `${root}/usr/share/java/*`),
    PHP_INI_SCAN_DIR: list('', ...unpacked('etc/php')),
  }
}

/** Lets links that are absolute stay in the folder. */
function relink(root: string): void {
  for (const path of globSync('**', { cwd: root })) {
    const link = join(root, path)
    if (!lstatSync(link).isSymbolicLink()) continue
    const target = join(root, readlinkSync(link))
    if (!readlinkSync(link).startsWith('/') || !existsSync(target)) continue
    rmSync(link)
    symlinkSync(relative(dirname(link), target), link)
  }
}

/** What the packages' own scripts would do. */
function finish(root: string): void {
  const bin = join(root, 'usr/bin')
  for (const php of globSync('php[0-9].[0-9]', { cwd: bin })) symlinkSync(basename(php), join(bin, 'php'))
  for (const extension of globSync('usr/lib/php/*/imap.so', { cwd: root })) {
    mkdirSync(join(root, 'etc/php'), { recursive: true })
    writeFileSync(join(root, 'etc/php/imap.ini'), `extension=${join(root, extension)}\n`)
  }
}
