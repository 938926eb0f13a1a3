import { readAuthSettings } from '@pockitflyer/auth'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { runCli } from '../support/run-cli.ts'

const secretKey = 'a secret of the tests that is long enough'
const algorithms = ['EdDSA', 'ES256', 'RS256'] as const

const generate = async (alg: string) =>
  (await runCli(['keys', 'generate', '--alg', alg, '--json'])).stdout.trim()

const plan = z.object({
  kid: z.string(),
  steps: z.array(
    z.object({
      wait_seconds: z.number(),
      set: z.record(z.string(), z.string()),
      unset: z.array(z.string()),
    }),
  ),
})

async function rotate(env: Record<string, string>, ...args: string[]) {
  const { code, stdout, stderr } = await runCli(['keys', 'rotate', '--json', ...args], { env })
  expect([code, stderr]).toEqual([0, ''])
  return plan.parse(JSON.parse(stdout))
}

test.each(algorithms)('generate --alg %s makes a new key that the service accepts', async (alg) => {
  const [one, other] = [await generate(alg), await generate(alg)]
  expect(one).not.toBe(other)
  expect(readAuthSettings({ SIGNING_KEY: one }).signingKey).toMatchObject({ algorithm: alg })
})

test('generate prints the setting on stdout and the warning on stderr', async () => {
  const { code, stdout, stderr } = await runCli(['keys', 'generate'])
  expect([code, stderr]).toEqual([0, 'Keep this key secret: whoever has it can log in as anybody.\n'])
  const [, value = ''] = /^SIGNING_KEY='([^']+)'\n$/.exec(stdout) ?? []
  expect(readAuthSettings({ SIGNING_KEY: value }).signingKey).toMatchObject({ algorithm: 'EdDSA' })
})

test('list shows every key and what it is for, and no secret', async () => {
  const signing = await generate('ES256')
  const former =
    (await rotate({ SIGNING_KEY: await generate('EdDSA') })).steps[1]?.set['VERIFYING_KEYS'] ?? ''
  const env = { SECRET_KEY: secretKey, SIGNING_KEY: signing, VERIFYING_KEYS: former }
  const table = await runCli(['keys', 'list'], { env })
  expect([table.code, table.stderr]).toEqual([0, ''])
  expect(table.stdout).toMatch(
    /^KID +ALG +USE\n\S{43} +ES256 +signs and verifies\n\S{43} +EdDSA +verifies\n\(SECRET_KEY\) +HS256 +verifies\n$/,
  )
  const json = await runCli(['keys', 'list', '--json'], { env })
  const { d: secret } = z.object({ d: z.string() }).parse(JSON.parse(signing))
  for (const text of [table.stdout, json.stdout]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(secretKey)
  }
  const [first = ''] = json.stdout.split('\n')
  expect(JSON.parse(first)).toMatchObject({ alg: 'ES256', signs: true, jwk: { kty: 'EC', crv: 'P-256' } })
})

test('a rotation publishes the new key, signs with it, drops the old', async () => {
  const env = { SIGNING_KEY: await generate('EdDSA'), REFRESH_TOKEN_LIFETIME: '2d' }
  const former = readAuthSettings(env).signingKey?.kid
  const { kid, steps } = await rotate(env, '--alg', 'RS256')
  const [publish, sign, forget] = steps
  expect(steps.map(({ wait_seconds, unset }) => [wait_seconds, unset])).toEqual([
    [0, []],
    [300, []],
    [172_800, ['VERIFYING_KEYS']],
  ])
  const published = readAuthSettings({ ...env, ...publish?.set })
  expect([published.signingKey?.kid, published.verifyingKeys.map((key) => key.kid)]).toEqual([former, [kid]])
  const signing = readAuthSettings({ ...env, ...publish?.set, ...sign?.set })
  expect([signing.signingKey?.kid, signing.verifyingKeys.map((key) => key.kid)]).toEqual([kid, [former]])
  expect(forget?.set).toEqual({})
})

test('a rotation from SECRET_KEY keeps it until its last token is over', async () => {
  const { steps } = await rotate({ SECRET_KEY: secretKey })
  expect(steps.map(({ set, unset }) => [Object.keys(set), unset])).toEqual([
    [['VERIFYING_KEYS'], []],
    [['SIGNING_KEY'], ['VERIFYING_KEYS']],
    [[], ['SECRET_KEY']],
  ])
  const { stdout, stderr } = await runCli(['keys', 'rotate'], { env: { SECRET_KEY: secretKey } })
  expect(stdout).toMatch(
    /\n1\. Publish it[^]+\n2\. Wait 5 minutes\.[^]+\n3\. Wait 7 days\.[^]+ {3}SECRET_KEY=\n$/,
  )
  expect(stdout).not.toContain(secretKey)
  expect(stderr).toMatch(/^Keep what SIGNING_KEY says secret/)
})

test('unusable keys are reported, and an unknown algorithm is wrong usage', async () => {
  const broken = await runCli(['keys', 'list'], { env: { SIGNING_KEY: 'nonsense', SECRET_KEY: 'short' } })
  expect([broken.code, broken.stdout]).toEqual([1, ''])
  expect(broken.stderr).toContain('SIGNING_KEY must be a JWK, or PEM')
  expect(broken.stderr).toContain('SECRET_KEY must be at least 32 bytes')
  expect((await runCli(['keys', 'generate', '--alg', 'none'])).code).toBe(2)
})
