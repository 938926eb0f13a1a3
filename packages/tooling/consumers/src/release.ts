import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * `pnpm release` publishes each package whose version the registry does not have. With `--dry-run`
 * it publishes nothing: it packs them and builds apps outside the repository with the tarball.
 */
const repository = join(import.meta.dirname, '../../../..')
const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } })

const packages = ['--filter', '@pockitflyer/auth-protocol', '--filter', '@pockitflyer/auth-client']
const steps = values['dry-run']
  ? [
      [...packages, 'exec', 'pnpm', 'publish', '--dry-run', '--no-git-checks'],
      ['--filter', '@pockitflyer/consumers', 'test:proof'],
    ]
  : [['exec', 'changeset', 'publish']]

for (const step of steps) {
  const { status } = spawnSync('pnpm', step, { cwd: repository, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
