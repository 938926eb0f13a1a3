import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { initTRPC } from '@trpc/server'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { readComments, renderComment } from '../../src/http/client-types/comments.ts'
import { renderClientTypes, renderProcedureTable } from '../../src/http/client-types/render.ts'
import type { ProcedureMeta } from '../../src/procedures/meta.ts'
import { authRouter } from '../../src/procedures/router.ts'

const t = initTRPC.meta<ProcedureMeta>().create()
const nothing = z.object({})

/** The types of a procedure `odd` that takes one field. */
const typesOfField = (field: z.ZodType) =>
  renderClientTypes(
    t.router({
      odd: t.procedure
        .input(z.object({ field }))
        .output(nothing)
        .mutation(() => ({})),
    }),
  )

test.each([
  ['a choice', z.enum(['a', 'b']), 'field: "a" | "b"'],
  ['a list of choices', z.array(z.enum(['a', 'b'])), 'field: ("a" | "b")[]'],
  ['a list of lists', z.array(z.array(z.int())), 'field: number[][]'],
  ['a value or null', z.string().nullable(), 'field: string | null'],
  ['an object that may be absent', z.object({ a: z.boolean() }).optional(), 'a: boolean\n    } | undefined'],
])('the typed client has a type for %s', (_, field, text) => {
  expect(typesOfField(field)).toContain(text)
})

test('a schema without a type stops the generation', () => {
  expect(() => typesOfField(z.record(z.string(), z.string()).and(z.unknown()))).toThrow(
    'There is no type for',
  )
})

test('an id that stands for two types stops the generation', () => {
  const [one, other] = [z.string(), z.int()].map((a) => z.object({ a }).meta({ id: 'TwoTypes' }))
  const router = t.router({
    one: t.procedure.output(one ?? nothing).query(() => ({})),
    other: t.procedure.output(other ?? nothing).query(() => ({})),
  })
  expect(() => renderClientTypes(router)).toThrow('TwoTypes stands for two types.')
})

test('a procedure says which errors of its own it is refused with', () => {
  const router = t.router({
    odd: t.procedure
      .meta({ isProtected: true, errors: ['token_expired', 'throttled'] })
      .input(nothing)
      .output(nothing)
      .mutation(() => ({})),
  })
  expect(renderClientTypes(router)).toContain('/** Refused with `invalid_input`, `throttled`. */')
})

test('the role in the session follows from meta', () => {
  const procedure = t.procedure.output(nothing)
  const router = t.router({
    open: procedure.query(() => ({})),
    own: procedure.meta({ isProtected: true }).query(() => ({})),
    replaces: procedure.meta({ isProtected: true, session: 'restarts' }).mutation(() => ({})),
  })
  expect(renderProcedureTable(router)).toContain(
    [
      "  open: { type: 'query', role: 'open' },",
      "  own: { type: 'query', role: 'logged_in' },",
      "  replaces: { type: 'mutation', role: 'restarts' },",
    ].join('\n'),
  )
})

test('every procedure has a doc comment', () => {
  const comments = readComments(new URL('../../src/procedures/', import.meta.url).pathname)
  const names = Object.keys(authRouter).filter((name) => !['_def', 'createCaller'].includes(name))
  expect(names.filter((name) => !comments.has(name))).toEqual([])
})

test('a comment is read without its tags', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'comments-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const source =
    '/**\n * One\n * two.\n *\n * Three.\n * @throws never\n */\nexport const a = 1\n/** @internal */\nexport const b = 2\n'
  await writeFile(join(folder, 'a.ts'), source)
  expect(readComments(folder)).toEqual(new Map(Object.entries({ a: 'One\ntwo.\n\nThree.', b: '' })))
})

test('a long comment is wrapped at 100 columns, and keeps its paragraphs', () => {
  const text = `${'word '.repeat(30).trim()}\n\nlast`
  const lines = renderComment(text, '  ').split('\n')
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100)
  expect(lines).toContain('   *')
  expect(lines.join(' ').match(/word/g)).toHaveLength(30)
})
