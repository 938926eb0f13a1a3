import { chmod, mkdir, readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** The files and folders of one server. */
export type DataDir = {
  folder: string
  /** Held by the process that owns the server. */
  lockFile: string
  /** The port of the last start. */
  portFile: string
  /** The output of the server and of initdb since the last start. */
  logFile: string
  /** Appears by one rename when it is complete; holds the two below. */
  clusterFolder: string
  dataFolder: string
  passwordFile: string
}

/**
 * Makes the folder (mode 700) or takes the one that is there.
 * @throws {Error} the folder belongs to another account.
 * @throws {TypeError} the folder holds something else: it would be closed to others and filled.
 */
export async function openDataDir(path: string): Promise<DataDir> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const folder = await realpath(path)
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`${folder} cannot be read. Was it made by another account, root perhaps?`, { cause })
  })
  if (names.length > 0 && !names.includes('lock')) {
    throw new TypeError(`${folder} is not empty and is no PostgreSQL folder of ours: choose another dataDir.`)
  }
  await chmod(folder, 0o700)
  const clusterFolder = join(folder, 'cluster')
  return {
    folder,
    lockFile: join(folder, 'lock'),
    portFile: join(folder, 'port'),
    logFile: join(folder, 'server.log'),
    clusterFolder,
    dataFolder: join(clusterFolder, 'data'),
    passwordFile: join(clusterFolder, 'password'),
  }
}
