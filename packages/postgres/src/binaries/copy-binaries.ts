import { randomBytes } from 'node:crypto'
import { chmod, copyFile, lstat, mkdir, readdir, readFile, rename, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { readSymlinks } from './symlinks.ts'

/**
 * Yields copies of the installed folder, one after the other in these places, and makes them if
 * absent. A copy has about 60 MB, is named by its version and kept for the next start. The
 * installed files are only read, since pnpm links them to its store.
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

/** Returns false if the folder exists and another user could have filled it. */
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
 * Adds the missing files: all of them, or those lost to a killed copy or to a cleaner of temporary
 * files.
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

/** Renames the file into place, so that other processes may copy and use it at the same time. */
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
