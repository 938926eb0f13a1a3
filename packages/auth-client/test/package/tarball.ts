import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { withFileLock } from '../../src/stores/file-lock.ts'
import { hasErrorCode } from '../../src/stores/has-error-code.ts'

const run = promisify(execFile)

/** The folder of this package in the workspace. */
export const packageFolder = resolve(import.meta.dirname, '../..')

/**
 * Packs a package, by default this one, into a folder and returns the path of the tarball. Packing
 * builds into `dist`, of which there is one: processes that run side by side take turns.
 * @example const tarball = await packTarball(folder)
 */
export async function packTarball(folder: string, packed = packageFolder): Promise<string> {
  const lock = join(packed, 'node_modules/.pack.lock')
  await withFileLock(lock, async () => runPnpm(packed, 'pack', '--pack-destination', folder))
  const [name = ''] = (await readdir(folder)).filter((file) => file.includes(basename(packed)))
  return join(folder, name)
}

/**
 * Runs pnpm in a folder and returns its output: the one on the path, as there is in every script of
 * pnpm, or by npx, which asks the registry first.
 * @example await runPnpm(folder, 'install')
 */
export async function runPnpm(cwd: string, ...args: string[]): Promise<string> {
  try {
    return (await run('pnpm', args, { cwd })).stdout
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error
    const manifest = await readFile(resolve(packageFolder, '../../package.json'), 'utf8')
    const [, version = 'pnpm'] = /"packageManager": "([^"]+)"/.exec(manifest) ?? []
    return (await run('npx', ['-y', version, ...args], { cwd })).stdout
  }
}
