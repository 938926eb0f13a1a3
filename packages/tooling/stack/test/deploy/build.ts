import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { readStages, type Stage } from './dockerfile.ts'

const run = promisify(execFile)

export const repository = join(import.meta.dirname, '../../../../..')
export const deployFolder = join(repository, 'apps/api/deploy')

/** What the Dockerfile builds. */
export interface Build {
  stages: Map<string, Stage>
  /** The copy of the repository. */
  source: string
  /** The folder that production runs. */
  folder: string
  seconds: number
  remove: () => Promise<void>
}

/**
 * Builds the production folder by the commands of the Dockerfile's stage `build`, in a copy of what
 * Docker would see.
 */
export async function buildFolder(): Promise<Build> {
  const stages = readStages(await readFile(join(deployFolder, 'Dockerfile'), 'utf8'))
  // Not in /tmp, which the programs get for themselves.
  const home = await mkdtemp('/var/tmp/pockitflyer-')
  await chmod(home, 0o755)
  const source = join(home, 'source')
  const folder = join(home, 'app')
  const since = performance.now()
  await copyContext(source)
  for (const command of stages.get('build')?.runs ?? [])
    await runIn(source, command.replaceAll('/app', folder))
  const seconds = (performance.now() - since) / 1000
  return { stages, source, folder, seconds, remove: () => rm(home, { recursive: true, force: true }) }
}

/** Runs a command as a checkout would, outside this workspace, and returns its output. */
export async function runIn(cwd: string, command: string): Promise<string> {
  const env = { ...inherited(), CI: 'true', NEXT_TELEMETRY_DISABLED: '1' }
  const { stdout, stderr } = await run('sh', ['-c', command], { cwd, env, maxBuffer: 64 * 1024 * 1024 })
  return stdout + stderr
}

/** This environment, with certificates and proxies, and without what this test run set. */
function inherited(): NodeJS.ProcessEnv {
  const isOfTestRun = (name: string) => /^(npm_|pnpm_|VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$)/i.test(name)
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOfTestRun(name)))
}

/** Copies the repository without what `Dockerfile.dockerignore` names. */
async function copyContext(target: string): Promise<void> {
  const lines = (await readFile(join(deployFolder, 'Dockerfile.dockerignore'), 'utf8')).split('\n')
  const ignored = new Set(lines.flatMap((line) => (line.startsWith('**/') ? line.slice(3) : [])))
  await cp(repository, target, { recursive: true, filter: (path) => !ignored.has(basename(path)) })
}

/** Returns how much a folder takes on disk, in megabytes. */
export async function sizeOf(folder: string): Promise<number> {
  const { stdout } = await run('du', ['--summarize', '--block-size=1000000', folder])
  return Number.parseInt(stdout, 10)
}
