import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { password, startAccounts } from './support/accounts.ts'
import { createFreshApp } from './support/fresh-app.ts'

const exec = promisify(execFile)
const accounts = await startAccounts()
const done = { email: accounts.email, isRefreshed: true, logOut: 'ended' }

test.each([
  ['an ES module', 'apps/node-esm'],
  ['CommonJS', 'apps/node-cjs'],
])('a script as %s logs in, refreshes and logs out in Node', async (_, source) => {
  const app = await createFreshApp(source)
  const said = await app.run('node', ['main.js', accounts.url, accounts.email, password])
  expect(JSON.parse(said)).toEqual(done)
})

test.each([
  ['bun', ['run', 'main.js']],
  ['deno', ['run', '--allow-all', '--node-modules-dir=manual', 'main.js']],
])('the script logs in, refreshes and logs out in %s', async (runtime, args) => {
  const [program, app] = await Promise.all([installRuntime(runtime), createFreshApp('apps/node-esm')])
  const given = [...args, accounts.url, accounts.email, password]
  const { stdout } = await exec(program, given, { cwd: app.folder })
  expect(JSON.parse(stdout)).toEqual(done)
})

/** Installs a runtime by npm: pnpm would fetch it from elsewhere than the registry. */
async function installRuntime(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await exec('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, name])
  return join(folder, 'node_modules/.bin', name)
}
