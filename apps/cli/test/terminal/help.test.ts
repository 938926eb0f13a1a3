import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'

const sessions = ['list', 'end', 'end-all', 'prune']

const events = ['prune']

const keys = ['generate', 'list', 'rotate']

const users = [
  'add',
  'list',
  'show',
  'disable',
  'enable',
  'set-password',
  'collisions',
  'reset-link',
  'export',
  'delete',
]

test('--help names commands, settings and exit codes, and needs no settings', async () => {
  const { code, stdout, stderr } = await runCli(['--help'], { env: { NODE_ENV: 'production' } })
  expect([code, stderr]).toEqual([0, ''])
  for (const word of ['migrate', 'users', 'DATABASE_URL', 'Examples:', 'Exit codes:']) {
    expect(stdout).toContain(word)
  }
})

test('users --help names each of its commands', async () => {
  const { code, stdout } = await runCli(['users', '--help'])
  expect(code).toBe(0)
  for (const name of users) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
})

test.each([
  ['migrate'],
  ['distribute'],
  ['events'],
  ['doctor'],
  ['status'],
  ...users.map((name) => [`users ${name}`]),
  ...sessions.map((name) => [`sessions ${name}`]),
  ...events.map((name) => [`events ${name}`]),
])('%s --help has examples, --json, its settings and the exit codes', async (command) => {
  const { code, stdout, stderr } = await runCli([...command.split(' '), '--help'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(new RegExp(`^Usage: auth ${command} `))
  expect(stdout).toContain(`  pnpm auth ${command}`)
  for (const word of ['--json', 'DATABASE_URL', 'Exit codes:']) expect(stdout).toContain(word)
})

test.each(keys)('keys %s --help names no setting of other commands', async (name) => {
  const { stdout } = await runCli(['keys', name, '--help'])
  expect(stdout).not.toMatch(/DATABASE_URL|PASSWORD_MIN_LENGTH/)
  expect(stdout).toContain(`  pnpm auth keys ${name}`)
})

test('--version prints a version', async () => {
  const { code, stdout } = await runCli(['--version'])
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
})

test.each([
  [[]],
  [['users']],
  [['frobnicate']],
  [['users', 'frobnicate']],
  [['events', 'frobnicate']],
  [['users', 'show']],
  [['users', 'show', 'one@example.com', 'two@example.com']],
  [['users', 'list', '--frobnicate']],
])('wrong usage %j exits with 2 and explains itself on stderr', async (args) => {
  const { code, stdout, stderr } = await runCli(args)
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/--help/)])
})
