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
    await run('sh', ['-c', command.replaceAll('/app', folder)], {
      cwd: source,
      env: { ...inherited(), CI: 'true', NEXT_TELEMETRY_DISABLED: '1' },
      maxBuffer: 64 * 1024 * 1024,
    })
  const seconds = (performance.now() - since) / 1000
  await rm(source, { recursive: true })
  return { stages, folder, seconds, remove: () => rm(home, { recursive: true, force: true }) }
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
