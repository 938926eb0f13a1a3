import { randomBytes } from 'node:crypto'
import { chmod, copyFile, lstat, mkdir, readdir, readFile, rename, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { readSymlinks } from './symlinks.ts'

/**
 * Copies of the installed folder, one after the other in these places, made if absent: about 60 MB
 * named by version, kept for the next start. The installed files are only read (pnpm links them to
 * its store).
 */
export async function* copyBinaries(installed: string, places: string[]): AsyncGenerator<string> {
  const name = `accounts-postgres-${await readVersion(installed)}-${process.getuid?.() ?? 0}`
  for (const place of places) {
    const copy = join(place, name)
    const isMade = await fillCopy(installed, copy).catch(() => false)
    if (isMade) yield copy
  }
}

export function defaultCopyPlaces(): string[] {
  return [...new Set([tmpdir(), '/var/tmp', '/var/cache'])]
}

/** False if the folder is there and another user could have filled it. */
async function fillCopy(installed: string, copy: string): Promise<boolean> {
  await mkdir(copy, { mode: 0o755 }).catch(() => undefined)
  if (!(await isOnlyOurs(copy))) return false
  await fillFolder(installed, copy)
  for (const { link, leadsTo } of await readSymlinks(installed)) {
    await symlink(leadsTo, join(copy, link)).catch(() => undefined)
  }
  return true
}

/**
 * Adds what is not there: all, or what was left when a copy was killed or a cleaner of temporary
 * files came by.
 */
async function fillFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await fillFolder(source, target)
    if (entry.isFile()) await addFile(source, target)
  }
}

/** By a rename, so that other processes may do the same and use the file at the same time. */
async function addFile(source: string, target: string): Promise<void> {
  const [original, copied] = await Promise.all([lstat(source), lstat(target).catch(() => undefined)])
  if (copied?.size === original.size) return
  const draft = `${target}.${randomBytes(6).toString('hex')}`
  await copyFile(source, draft)
  await chmod(draft, basename(dirname(source)) === 'bin' ? 0o755 : 0o644)
  await rename(draft, target)
}

async function isOnlyOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder)
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}

async function readVersion(installed: string): Promise<string> {
  const parsed: unknown = JSON.parse(await readFile(join(installed, '..', 'package.json'), 'utf8'))
  const isVersioned = typeof parsed === 'object' && parsed !== null && 'version' in parsed
  return isVersioned ? String(parsed.version) : 'unknown'
}
