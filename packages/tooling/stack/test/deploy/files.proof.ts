import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { startTestServer } from '@pockitflyer/postgres/testing'
import { validate } from 'dockerfile-utils'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { deployFolder, repository } from './build.ts'
import { readStages } from './dockerfile.ts'

const run = promisify(execFile)
const read = (name: string) => readFile(join(deployFolder, name), 'utf8')
const has = (program: string) => spawnSync(program, ['--version']).error === undefined

test('the Dockerfile has no fault, and every program an ordinary user', async () => {
  const text = await read('Dockerfile')
  expect(validate(text)).toEqual([])
  const stages = readStages(text)
  const flags = (await readFile(join(repository, 'apps/api/node-flags'), 'utf8')).trim().split(' ')
  expect(stages.get('api')?.command.slice(1)).toEqual([...flags, 'apps/api/dist/main.js'])
  expect(text).toMatch(/^USER nobody$/m)
  expect(text).toContain(`node:${(await readFile(join(repository, '.node-version'), 'utf8')).trim()}-`)
})

const compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      build: z.object({ context: z.string(), dockerfile: z.string(), target: z.string() }).optional(),
      environment: z.record(z.string(), z.string()),
      read_only: z.boolean().optional(),
      networks: z.array(z.string()).default(['default']),
      logging: z.object({ driver: z.string() }),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
    }),
  ),
})

test('compose.yaml builds stages that exist, read-only, each with its keys alone', async () => {
  const { services } = compose.parse(parse(await read('compose.yaml'), { merge: true }))
  const stages = readStages(await read('Dockerfile'))
  const built = Object.entries(services).filter(([, { build }]) => build !== undefined)
  expect(built.map(([name]) => name)).toEqual(['migrate', 'api', 'worker', 'web'])
  for (const [, { build, read_only }] of built)
    expect([stages.has(build?.target ?? ''), read_only]).toEqual([true, true])
  for (const { depends_on = {} } of Object.values(services))
    expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(depends_on)))
  expect(Object.keys(services['worker']?.environment ?? {})).not.toContain('SECRET_KEY')
  expect(Object.keys(services['web']?.environment ?? {}).join()).not.toMatch(/KEY|DATABASE/)
  const reachesDatabase = Object.keys(services).filter((name) =>
    services[name]?.networks.includes('database'),
  )
  expect(reachesDatabase).toEqual(['postgres', 'migrate', 'api', 'worker'])
  for (const { logging } of Object.values(services)) expect(logging.driver).toBe('local')
  const runbook = await readFile(join(repository, 'apps/docs/runbook.md'), 'utf8')
  for (const [key] of runbook.matchAll(/\b(?:SECRET|SIGNING|MAIL|DEVICE_TOKEN)_KEY(?:_OLD)?\b/g))
    expect(services['api']?.environment).toHaveProperty(key, `\${${key}:${key === 'MAIL_KEY' ? '?' : '-'}}`)
  const asked = Array.from((await read('compose.yaml')).matchAll(/\$\{(\w+):\?\}/g), ([, name]) => name)
  for (const name of asked) expect(await read('example.env')).toMatch(new RegExp(`^${name}=`, 'm'))
})

/** The settings of the API in compose.yaml, with those of example.env, filled in. */
async function readShippedSettings(): Promise<Record<string, string>> {
  const { services } = compose.parse(parse(await read('compose.yaml'), { merge: true }))
  const text = await read('example.env')
  const command = /with: (openssl rand .+)$/m.exec(text)?.[1] ?? ''
  const key = () => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim()
  const given = { ...parseEnv(text), POSTGRES_PASSWORD: key(), SECRET_KEY: key(), MAIL_KEY: key() }
  const filled = Object.entries(services['api']?.environment ?? {}).map(([name, text]): [string, string] => [
    name,
    text.replaceAll(/\$\{(\w+):[?-]\}/g, (_, key: string) => new Map(Object.entries(given)).get(key) ?? ''),
  ])
  const stage = readStages(await read('Dockerfile')).get('api')
  return { ...stage?.env, ...Object.fromEntries(filled) }
}

const finding = z.object({ level: z.string(), check: z.string() })

test('`auth doctor` warns of nothing in the production that is shipped', async () => {
  const postgres = await startTestServer()
  onTestFinished(() => postgres.stop())
  const { url } = await postgres.createDatabase()
  const shipped = await readShippedSettings()
  expect(new URL(shipped['DATABASE_URL'] ?? '').password).toHaveLength(64)
  const env = { ...shipped, DATABASE_URL: url }
  const auth = (...args: string[]) =>
    run(process.execPath, [join(repository, 'apps/cli/src/main.ts'), ...args], { env })
  await auth('migrate')
  const { stdout } = await auth('doctor', '--json')
  const findings = stdout
    .trim()
    .split('\n')
    .map((line) => finding.parse(JSON.parse(line)))
  // How fast a hash is depends on this machine.
  const warnings = findings.filter(({ level, check }) => level === 'warning' && check !== 'hash speed')
  expect(findings.length).toBeGreaterThan(10)
  expect(warnings).toEqual([])
})

const units = ['migrate', 'api', 'worker', 'web'].map((name) => `pockitflyer-${name}.service`)

/** A root folder for systemd with our units, a Node that it finds, and nothing else. */
async function createRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'units-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await cp(join(deployFolder, 'systemd'), join(root, 'etc/systemd/system'), { recursive: true })
  await cp('/usr/lib/systemd/system', join(root, 'usr/lib/systemd/system'), {
    recursive: true,
    verbatimSymlinks: true,
  })
  const programs = join(root, 'opt/pockitflyer/node_modules/.bin')
  await mkdir(programs, { recursive: true })
  await writeFile(join(programs, 'node'), '#!/bin/sh\n', { mode: 0o755 })
  return root
}

test.skipIf(!has('systemd-analyze'))(
  'systemd finds no fault, and an exposure under 2.5',
  async ({ annotate }) => {
    const root = await createRoot()
    const verified = await run('systemd-analyze', [`--root=${root}`, '--man=no', 'verify', ...units])
    expect(verified.stdout + verified.stderr).toBe('')
    for (const unit of units) {
      const args = [`--root=${root}`, '--offline=true', '--threshold=25', '--no-pager', 'security', unit]
      const { stdout } = await run('systemd-analyze', args)
      await annotate(/Overall exposure level for .*/.exec(stdout)?.[0] ?? stdout)
      expect(stdout).toContain('OK')
    }
  },
)

test.skipIf(!has('caddy'))('Caddy takes the Caddyfile (needs caddy)', async () => {
  const args = ['validate', '--adapter', 'caddyfile', '--config', join(deployFolder, 'Caddyfile')]
  const { stdout, stderr } = await run('caddy', args)
  expect(stdout + stderr).toContain('Valid configuration')
})
