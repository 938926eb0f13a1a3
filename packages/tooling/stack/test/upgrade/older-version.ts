import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { repository, runIn } from '../deploy/build.ts'

/**
 * The commit before the newest migration. Undefined without the history of git: a shallow clone has
 * one commit, and an archive none.
 */
export const olderCommit = findOlderCommit()

function findOlderCommit(): string | undefined {
  const newest = git('log', '-1', '--format=%H', '--', 'packages/auth/src/db/migrations/index.ts')
  return git('rev-parse', '--verify', '--quiet', `${newest}^`) || undefined
}

function git(...args: string[]): string {
  return spawnSync('git', args, { cwd: repository, encoding: 'utf8' }).stdout.trim()
}

/** Writes the files of a commit to a folder of their own, and installs what the API needs. */
export async function checkOut(commit: string): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp('/var/tmp/pockitflyer-older-')
  const archive = execFileSync('git', ['archive', commit], { cwd: repository, maxBuffer: 256 * 1024 * 1024 })
  execFileSync('tar', ['-x'], { cwd: folder, input: archive })
  const apps = ['api', 'worker', 'cli'].map((name) => `--filter @pockitflyer/${name}...`).join(' ')
  await runIn(folder, `npx -y pnpm@12.21.0 ${apps} install --prod --frozen-lockfile --prefer-offline`)
  return { folder, remove: () => rm(folder, { recursive: true }) }
}
