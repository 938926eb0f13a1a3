import { createPublicKey } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { generateKey, toPem } from './keys.ts'
import { openUsers, startIssuer } from './issuers.ts'
import { programs } from './programs.ts'
import { startVerifier } from './verifier.ts'

const databaseUrl = await openUsers()

const [oldKey, newKey] = [generateKey('ES256'), generateKey('ES256')]
const oldPublicKey = createPublicKey(oldKey).export({ format: 'pem', type: 'spki' }).toString()

/**
 * The same service before the rotation, beside it, and when the old key is retired; always at the
 * same address.
 */
let issuer = await startIssuer(databaseUrl, { SIGNING_KEY: toPem(oldKey) })
afterAll(() => issuer.stop())
const { port: PORT } = new URL(issuer.url)
const settings = { ALGORITHM: 'ES256', JWK_URL: `${issuer.url}/.well-known/jwks.json` }

async function restart(env: Record<string, string>): Promise<void> {
  await issuer.stop()
  issuer = await startIssuer(databaseUrl, { PORT, ...env })
}

const rotating = programs
  .filter(({ algorithms }) => algorithms.includes('ES256'))
  .map((program) => ({ name: program.name, program, verifier: startVerifier(program, settings) }))
afterAll(() => Promise.all(rotating.map(({ verifier }) => verifier.stop())))

const old = await issuer.logIn()
const before = await askAll(old.access)
await restart({ SIGNING_KEY: toPem(newKey), VERIFYING_KEYS: oldPublicKey })
const refreshed = await issuer.refresh(old.refresh)
const beside = { old: await askAll(old.access), new: await askAll(refreshed.access) }
await restart({ SIGNING_KEY: toPem(newKey) })

async function askAll(token: string): Promise<Map<string, boolean>> {
  const answers = rotating.map(
    async ({ name, verifier }) => [name, (await verifier.check(token)).ok] as const,
  )
  return new Map(await Promise.all(answers))
}

test.each(rotating)('$name, which has fetched the old keys, follows a rotation', ({ name }) => {
  expect(before.get(name)).toBe(true)
  expect(beside.new.get(name)).toBe(true)
})

test.each(rotating)("$name accepts the old key's tokens while it is published", ({ name }) => {
  expect(beside.old.get(name)).toBe(true)
})

test.each(rotating)('$name, newly started, refuses what a retired key signed', async ({ program }) => {
  const verifier = startVerifier(program, settings)
  expect(await verifier.check(old.access)).toMatchObject({ ok: false })
  expect(await verifier.check(refreshed.access)).toMatchObject({ ok: true })
  await verifier.stop()
})
