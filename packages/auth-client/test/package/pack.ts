import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { packageFolder, packTarball } from './tarball.ts'

const run = promisify(execFile)

type ModuleResolution = 'bundler' | 'nodenext'

/** An empty project with the packed package in it. */
export interface Consumer {
  /** The tarball. */
  tarball: string
  /** The project. */
  folder: string
  /** Where the package is installed in it. */
  installed: string
  /** The names in the exports of what was packed, for example `./verifier`. */
  entries: string[]
  /**
   * Compiles files, in strict mode and with libraries checked, or by other options, and tells what
   * the compiler says; `compiles` when that is nothing.
   */
  compile(files: string[], moduleResolution: ModuleResolution, options?: object): Promise<string>
  remove(): Promise<void>
}

/**
 * Packs the package and installs it into an empty project outside the workspace: unpacked, with
 * what it declares as dependencies beside it and nothing else. The dependencies are those of the
 * workspace, so that no registry is needed.
 * @param peers packages that this project has of its own, for example `hono`
 */
export async function packConsumer(peers: string[]): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'consumer-'))
  const tarball = await packTarball(folder)
  await run('tar', ['xzf', tarball, '-C', folder])

  const modules = join(folder, 'node_modules')
  const installed = join(modules, '@pockitflyer/auth-client')
  await cp(join(folder, 'package'), installed, { recursive: true })
  const dependencies = await readField(join(installed, 'package.json'), 'dependencies')
  for (const dependency of [...Object.keys(fieldsOf(dependencies)), ...peers]) {
    await mkdir(dirname(join(modules, dependency)), { recursive: true })
    await symlink(await realpath(join(packageFolder, 'node_modules', dependency)), join(modules, dependency))
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')

  return {
    tarball,
    folder,
    installed,
    entries: Object.keys(fieldsOf(await readField(join(installed, 'package.json'), 'exports'))),
    async compile(files, moduleResolution, options) {
      const compilerOptions = {
        noEmit: true,
        strict: true,
        exactOptionalPropertyTypes: true,
        target: 'es2022',
        lib: ['es2022', 'dom', 'esnext.disposable'],
        types: [],
        module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
        moduleResolution,
        ...options,
      }
      const project = join(folder, `${moduleResolution}.json`)
      await writeFile(project, JSON.stringify({ compilerOptions, files }))
      const tsc = join(packageFolder, 'node_modules/typescript/bin/tsc')
      return run(process.execPath, [tsc, '--project', project, '--pretty', 'false']).then(
        ({ stdout }) => stdout || 'compiles',
        (error: { stdout: string }) => error.stdout,
      )
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Reads a field of a JSON file. */
export async function readField(file: string, field: string): Promise<unknown> {
  const manifest: unknown = JSON.parse(await readFile(file, 'utf8'))
  return fieldsOf(manifest)[field]
}

/** The fields of what may be an object. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
