import { chown, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataDir } from '../server/data-dir.ts'

/** Settings of postgresql.conf by name. */
export type Settings = Record<string, string>

/**
 * Replaces the settings that ALTER SYSTEM wrote. The server reads them when it starts or reloads.
 */
export async function writeSettings({ dataFolder }: DataDir, settings: Settings): Promise<void> {
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`,
  )
  await writeOwned(dataFolder, 'postgresql.auto.conf', lines.join(''))
}

/** Marks the data as a standby's: the server starts as one. */
export async function writeStandbySignal({ dataFolder }: DataDir): Promise<void> {
  await writeOwned(dataFolder, 'standby.signal', '')
}

/** Writes a file as the account that owns the data. Root is another account. */
async function writeOwned(dataFolder: string, name: string, content: string): Promise<void> {
  const file = join(dataFolder, name)
  await writeFile(file, content, { mode: 0o600 })
  const { uid, gid } = await stat(dataFolder)
  if (process.getuid?.() === 0) await chown(file, uid, gid)
}
