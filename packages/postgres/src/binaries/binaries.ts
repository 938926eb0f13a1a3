import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { copyBinaries, defaultCopyPlaces } from './copy-binaries.ts'
import { findPlatformPackage, useAnotherServer } from './platform-package.ts'
import type { RunAs } from './run-as.ts'
import { serverEnvironment } from './spawn-bound.ts'

export type Binaries = { initdb: string; postgres: string }

export type FindBinariesOptions = {
  /** Folder with bin, lib and share. Default: the package for this platform. */
  installed?: string
  /** Folders to try for a copy. Default: the temporary folder, /var/tmp, /var/cache. */
  copyPlaces?: string[]
}

const run = promisify(execFile)

/**
 * Finds the programs of the embedded PostgreSQL where this account can run them: where npm
 * installed them, else a copy in a temporary folder. A copy is needed when the folder is closed to
 * the account or the install scripts did not run.
 * @throws {Error} they do not run here (no package for the platform, Alpine's musl, …); the message
 *   has the fix
 */
export async function findBinaries(
  runAs: RunAs | undefined,
  { installed = findPlatformPackage(), copyPlaces = defaultCopyPlaces() }: FindBinariesOptions = {},
): Promise<Binaries> {
  let problem = await findProblem(installed, runAs)
  if (problem === undefined) return inFolder(installed)
  if (mayBeBetterElsewhere(problem)) {
    for await (const copy of copyBinaries(installed, copyPlaces)) {
      problem = await findProblem(copy, runAs)
      if (problem === undefined) return inFolder(copy)
    }
  }
  throw new Error(`The embedded PostgreSQL does not run here (${problem.message}). ${useAnotherServer}`)
}

/**
 * Runs a program to find out: mode bits, ACLs, mount options, missing libraries and another libc
 * all show.
 */
async function findProblem(folder: string, runAs: RunAs | undefined): Promise<Error | undefined> {
  const { postgres } = inFolder(folder)
  return run(postgres, ['-V'], { cwd: '/', env: serverEnvironment, timeout: 20_000, ...runAs }).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  )
}

/**
 * A folder that is closed to the account, or missing libraries (127). Another libc shows as ENOENT:
 * the loader is missing.
 */
function mayBeBetterElsewhere(problem: Error): boolean {
  return 'code' in problem && (problem.code === 'EACCES' || problem.code === 127)
}

function inFolder(folder: string): Binaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
}
