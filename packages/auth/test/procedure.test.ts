import { expect, test } from 'vitest'
import { z } from 'zod'
import { AuthError } from '../src/errors.ts'
import type { RequestContext } from '../src/http/context.ts'
import { parseInput } from '../src/http/input.ts'
import { nothingAsked, publicProcedure } from '../src/http/procedure.ts'
import { loginInput, updateProfileInput } from '../src/schema.ts'

function fieldsOf(schema: z.ZodType, input: unknown): unknown {
  try {
    return parseInput(schema, input)
  } catch (error) {
    return error instanceof AuthError ? error.fields : error
  }
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
  const procedure = publicProcedure({
    input: nothingAsked,
    output: z.object({ name: z.string() }),
    run: () => answer,
  })
  const context = z.custom<RequestContext>().parse({})
  expect(await procedure.answer(context, async () => undefined)).toEqual({ name: 'Ida' })
})
