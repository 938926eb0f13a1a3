import { loginInput, updateProfileInput } from '@pockitflyer/auth-protocol/schemas'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createContext } from '../../src/http/context.ts'
import { createCallerFactory, noInput, publicProcedure, router } from '../../src/procedures/base.ts'
import { toInvalidInput } from '../../src/procedures/error.ts'
import { createService, openDatabase } from '../support/harness.ts'

const { db } = await openDatabase()

function fieldsOf(schema: z.ZodType, input: unknown): unknown {
  const { error } = schema.safeParse(input)
  return error && toInvalidInput(error).fields
}

test.each([
  [
    'a value of the wrong type is told so and nothing else',
    loginInput,
    { email: [], password: 'x' },
    { email: ['Not a valid string.'] },
  ],
  [
    'every field is told, each by all of its texts',
    loginInput,
    { email: '', password: '\0\ud800' },
    {
      email: ['This field may not be blank.'],
      password: ['Null characters are not allowed.', 'Surrogate characters are not allowed: U+D800.'],
    },
  ],
  [
    'a field of a field has a dot in its name',
    updateProfileInput,
    { profile: { bio: 5 } },
    { 'profile.bio': ['Not a valid string.'] },
  ],
])('%s', (_, schema, input, fields) => {
  expect(fieldsOf(schema, input)).toEqual(fields)
})

test('what is no object at all is told of no field', () => {
  expect(Object.keys(z.record(z.string(), z.unknown()).parse(fieldsOf(loginInput, 'text')))).toEqual([
    'non_field_errors',
  ])
})

test('an answer holds what its procedure declares, and nothing else', async () => {
  const answer = { name: 'Ida', passwordHash: 'secret' }
  const get = publicProcedure
    .input(noInput)
    .output(z.object({ name: z.string() }))
    .query(() => answer)
  const { auth } = await createService(db)
  const context = createContext(auth, new Request('http://accounts.test/'), undefined)
  expect(await createCallerFactory(router({ get }))(context).get()).toEqual({ name: 'Ida' })
})
