import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readClaims } from '../../src/tokens.ts'
import { forge } from './forgeries.ts'
import { openUsers, setups, startIssuer } from './issuers.ts'
import { missing, programs } from './programs.ts'
import { startVerifier, type Verifier } from './verifier.ts'

const databaseUrl = await openUsers()

const issuers = await Promise.all(
  setups.map(async ({ name, algorithm, key, env, settingsFor }) => {
    const issuer = await startIssuer(databaseUrl, env)
    afterAll(() => issuer.stop())
    const first = await issuer.logIn()
    const second = await issuer.refresh(first.refresh)
    const forged = Object.entries(forge({ algorithm, key, ...second }))
    return {
      name,
      algorithm,
      genuine: [first.access, second.access],
      forged,
      settings: settingsFor(issuer.url),
    }
  }),
)

const pairs = programs.flatMap((program) => issuers.map((issuer) => ({ program, issuer })))
const knows = ({ program, issuer }: (typeof pairs)[number]) => program.algorithms.includes(issuer.algorithm)
const agreeing = pairs.filter(knows)
const counts = { accepted: 0, refused: 0 }

describe.each(agreeing)('$program.name ($program.library), $issuer.name', ({ program, issuer }) => {
  let verifier: Verifier
  beforeAll(() => {
    verifier = startVerifier(program, issuer.settings)
  })
  afterAll(() => verifier.stop())

  test('accepts access tokens of login and refresh, every claim unchanged', async () => {
    for (const token of issuer.genuine) {
      expect(await verifier.check(token)).toEqual({ ok: true, claims: readClaims(token) })
      counts.accepted += 1
    }
  })

  test.each(issuer.forged)('refuses %s, and still accepts what is right', async (_, token) => {
    expect(await verifier.check(token)).toMatchObject({ ok: false })
    expect(await verifier.check(issuer.genuine[0] ?? '')).toMatchObject({ ok: true })
    counts.refused += 1
  })
})

const lacking = pairs
  .filter((pair) => !knows(pair))
  .map(
    ({ program, issuer }) =>
      `${program.name} is skipped for ${issuer.algorithm}: ${program.library} lacks it`,
  )

test.for([...missing, ...lacking])('%s', (reason, { skip }) => skip(reason))

test('programs that we did not write agree, however many are here', async ({ annotate }) => {
  const { accepted, refused } = counts
  const forms = agreeing.reduce((sum, { issuer }) => sum + issuer.forged.length, 0)
  const summary = `${programs.length} foreign verifiers in ${agreeing.length} set-ups accepted ${accepted} tokens and refused ${refused}.`
  await annotate([summary, ...missing, ...lacking].join('\n'), 'notice')
  process.stdout.write(`${[summary, ...missing, ...lacking].join('\n')}\n`)
  expect(programs.map(({ name }) => name)).toContain('jsonwebtoken and jwks-rsa')
  expect(counts).toEqual({ accepted: 2 * agreeing.length, refused: forms })
})
