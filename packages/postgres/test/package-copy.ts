import { constants } from 'node:fs'
import { access, copyFile, cp, mkdir, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'

const packageFolder = join(import.meta.dirname, '..')

/** Copies this package with all it needs at run time, and Node, to a folder. */
export async function copyPackage(folder: string): Promise<{ folder: string; node: string }> {
  for (const name of ['src', 'test', 'package.json']) {
    await cp(join(packageFolder, name), join(folder, name), { recursive: true })
  }
  const { optionalDependencies, dependencies } = await readManifest(packageFolder)
  for (const name of [...Object.keys(dependencies), ...Object.keys(optionalDependencies)]) {
    await copyDependency(name, join(packageFolder, 'node_modules'), join(folder, 'node_modules'))
  }
  const node = join(folder, 'node')
  await copyFile(process.execPath, node, constants.COPYFILE_FICLONE)
  return { folder, node }
}

/** pnpm keeps the dependencies of a package beside it; a flat folder is as good. */
async function copyDependency(name: string, from: string, to: string): Promise<void> {
  const installed = await realpath(join(from, name)).catch(() => undefined)
  const target = join(to, name)
  if (!installed || (await exists(target))) return
  await mkdir(target, { recursive: true })
  await cp(installed, target, { recursive: true, verbatimSymlinks: true })
  const siblings = join(installed, name.startsWith('@') ? '../..' : '..')
  for (const dependency of Object.keys((await readManifest(installed)).dependencies)) {
    await copyDependency(dependency, siblings, to)
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function readManifest(folder: string): Promise<{ dependencies: object; optionalDependencies: object }> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const { dependencies = {}, optionalDependencies = {} } = isManifest(manifest) ? manifest : {}
  return { dependencies, optionalDependencies }
}

function isManifest(value: unknown): value is { dependencies?: object; optionalDependencies?: object } {
  return typeof value === 'object' && value !== null
}
