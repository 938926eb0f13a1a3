import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addAccount, createService, openDatabase } from '../support/harness.ts'
import { djangoClaims, signJwt } from '../support/jwt.ts'
import { times } from '../support/times.ts'

const { db } = await openDatabase()
const service = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const { id } = await addAccount(service)

const anyNumber = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.integer())
const anyValue = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.uuid(), anyNumber)

/** What replaces claims of a good token: one or two of them by any value that JSON can hold. */
const changes = fc.dictionary(
  fc.constantFrom('token_type', 'exp', 'iat', 'nbf', 'jti', 'user_id', 'email', 'sid', 'gen', 'iss', 'aud'),
  anyValue,
  { minKeys: 1, maxKeys: 2 },
)

test('whatever stands in a token that bears our signature, no call fails', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('access', 'refresh'), changes, async (type, changed) => {
      const token = signJwt({ ...djangoClaims(type, id), ...changed })
      const answers = await Promise.all([
        service.me(token),
        service.refresh(token),
        service.logout(token),
        strict.verify(token),
      ])
      expect([...service.reports, ...strict.reports]).toEqual([])
      for (const { status } of answers) expect([200, 400, 401]).toContain(status)
    }),
    { numRuns: 40 * times },
  )
})

test('whatever stands in the place of a token, no call fails', async () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.base64String(), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')),
  )
  await fc.assert(
    fc.asyncProperty(anyText, async (token) => {
      const answers = await Promise.all([
        service.refresh(token),
        service.logout(token),
        service.verify(token),
      ])
      expect(service.reports).toEqual([])
      for (const { status } of answers) expect([400, 401]).toContain(status)
    }),
    { numRuns: 40 * times },
  )
})
