import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runPnpm } from '@pockitflyer/auth-client/testing'
import { afterAll, inject } from 'vitest'
import { type RunningProgram, startProgram } from './program.ts'

const exec = promisify(execFile)

/** An app outside the repository, with its packages installed. */
export interface FreshApp {
  folder: string
  /** Runs a program of the app's packages to its end. */
  run(program: string, args: string[], env?: Record<string, string>): Promise<string>
  /** Starts such a program, until the test file is done. */
  start(program: string, args: string[], env?: Record<string, string>): RunningProgram
}

interface FreshAppOptions {
  /** Fills the folder before the files of this package come into it. */
  prepare?: (folder: string) => Promise<void>
  /** Versions in place of those in the manifest. */
  versions?: Record<string, string>
}

/**
 * Copies a folder of this package out of the repository and installs its packages there: the client
 * from its tarball, the rest from the registry.
 */
export async function createFreshApp(source: string, options: FreshAppOptions = {}): Promise<FreshApp> {
  const outside = await mkdtemp(join(tmpdir(), 'fresh-app-'))
  afterAll(() => rm(outside, { recursive: true, force: true, maxRetries: 5 }))
  // create-next-app takes the name from the folder, and no capital letters.
  const folder = join(outside, 'app')
  await mkdir(folder)
  await options.prepare?.(folder)
  await cp(join(import.meta.dirname, '../..', source), folder, { recursive: true })
  await install(folder, options.versions)
  const bin = (program: string) =>
    program === 'node' ? process.execPath : join(folder, 'node_modules/.bin', program)
  const inApp = (env: Record<string, string>) => ({ cwd: folder, env: { ...quiet, ...env } })
  return {
    folder,
    run: async (program, args, env = {}) => (await exec(bin(program), args, inApp(env))).stdout,
    start(program, args, env = {}) {
      const running = startProgram(bin(program), args, inApp(env))
      afterAll(() => running.stop())
      return running
    },
  }
}

const quiet = {
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  CI: 'true',
  DO_NOT_TRACK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
}

const flags = ['--ignore-workspace', '--ignore-scripts', '--prefer-offline']

async function install(folder: string, versions: Record<string, string> = {}): Promise<void> {
  const manifest = join(folder, 'package.json')
  const text = await readFile(manifest, 'utf8')
  const tarballs = inject('tarballs')
  const packed = text.replaceAll(
    /("@pockitflyer\/([\w-]+)": ?)"latest"/g,
    (_, key: string, name: string) => `${key}"file:${tarballs[name]}"`,
  )
  const pinned = Object.entries(versions).reduce(
    (text, [name, version]) => text.replace(new RegExp(`("${name}": )"[^"]*"`), `$1"${version}"`),
    packed,
  )
  await writeFile(manifest, pinned)
  await runPnpm(folder, 'install', ...flags)
}
