import { stat } from 'node:fs/promises'

/** The account that a server runs as when it is not this process's account. */
export type RunAs = { uid: number; gid: number }

export const nobody: RunAs = { uid: 65534, gid: 65534 }

/**
 * Returns the account for the server; undefined: this process's own. PostgreSQL refuses root, so
 * root uses the owner of the data, or user 65534 while there are none.
 */
export async function userForData(dataFolder: string): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(dataFolder).catch(() => undefined)
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody
}

/**
 * Returns the server's argument for its data folder, which is also its working directory. On Linux
 * another account gets the link to that directory, which opens even if a parent folder is closed to
 * it.
 */
export function dataArgument(dataFolder: string, runAs: RunAs | undefined): string {
  return runAs && process.platform === 'linux' ? '/proc/self/cwd' : dataFolder
}
