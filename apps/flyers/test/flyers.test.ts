import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connect } from '@pockitflyer/flyers/database'
import { makeFlyer, openServices } from './service.ts'

const services = await openServices()

const timestamp: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)

test('my flyers are listed newest first, with their author', async () => {
  const ada = await services.logIn('Ada Lovelace')
  const [first, second] = [makeFlyer(), makeFlyer({ body: undefined })]
  expect(await ada.create(first)).toMatchObject({ status: 201, body: { ...first, created_at: timestamp } })
  const { body: created } = await ada.create(second)
  expect(created).toEqual({ id: second.id, title: second.title, body: '', created_at: timestamp })
  expect(await ada.mine()).toMatchObject({
    status: 200,
    cache: 'no-store',
    body: { author: { display_name: 'Ada Lovelace', bio: '' }, flyers: [created, { id: first.id }] },
  })
})

test('tRPC answers what REST answers, with types', async () => {
  const ada = await services.logIn()
  const { id, title, body, created_at } = await ada.trpc.create.mutate(makeFlyer())
  const mine = await ada.trpc.mine.query()
  expect(mine.flyers).toEqual([{ id, title, body, created_at }])
  expect((await ada.mine()).body).toEqual(mine)
})

test("another's flyers are never shown", async () => {
  const [ada, grace] = [await services.logIn(), await services.logIn()]
  await ada.create(makeFlyer())
  expect((await grace.mine()).body).toMatchObject({ flyers: [] })
})

test('a flyer sent twice, or ten times at once, is one', async () => {
  const ada = await services.logIn()
  const flyer = makeFlyer()
  const answers = await Promise.all(Array.from({ length: 10 }, () => ada.create(flyer)))
  answers.push(await ada.create({ ...flyer, title: `  ${flyer.title} ` }))
  for (const answer of answers) expect(answer).toEqual({ ...answers[0], status: 201 })
  expect((await ada.mine()).body).toMatchObject({ flyers: [flyer] })
})

test('a taken id is 409, and its flyer stays unchanged', async () => {
  const [ada, grace] = [await services.logIn(), await services.logIn()]
  const flyer = makeFlyer()
  await ada.create(flyer)
  const refusals = [await grace.create(flyer), await ada.create({ ...flyer, title: 'Another' })]
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({
      status: 409,
      body: { detail: 'Another flyer has this id.', code: 'id_taken' },
    })
  }
  await expect(grace.trpc.create.mutate(flyer)).rejects.toMatchObject({
    message: 'Another flyer has this id.',
    data: { code: 'id_taken', httpStatus: 409, path: 'flyers.create' },
  })
  expect((await ada.mine()).body).toMatchObject({ flyers: [flyer] })
  expect((await grace.mine()).body).toMatchObject({ flyers: [] })
})

const notAnObject: unknown = expect.stringContaining('expected object')
const required = 'This field is required.'

test.each([
  [{}, { id: ['Must be a valid UUID.'], title: [required] }],
  [makeFlyer({ id: 'x' }), { id: ['Must be a valid UUID.'] }],
  [makeFlyer({ title: ' ' }), { title: ['This field may not be blank.'] }],
  [makeFlyer({ title: 7 }), { title: ['Not a valid string.'] }],
  [makeFlyer({ title: 'x'.repeat(121) }), { title: ['Ensure this field has no more than 120 characters.'] }],
  [makeFlyer({ body: 'x'.repeat(2001) }), { body: ['Ensure this field has no more than 2000 characters.'] }],
  [makeFlyer({ body: 'a\0b' }), { body: ['Null characters are not allowed.'] }],
  [[], { non_field_errors: [notAnObject] }],
])('of the input %j is said what is wrong, field by field', async (input, fields) => {
  const ada = await services.logIn()
  expect(await ada.create(input)).toMatchObject({ status: 400, body: fields })
})

test('bodies that cannot be read, or are too large, are refused', async () => {
  const ada = await services.logIn()
  expect(await ada.create('{"title"')).toMatchObject({ status: 400, body: { detail: 'Malformed request.' } })
  expect(await ada.create(makeFlyer({ body: 'x'.repeat(70_000) }))).toMatchObject({ status: 413 })
})

test('an unknown path is 404 in JSON, with or without a slash', async () => {
  const { access } = await services.logIn()
  const get = (path: string) => fetch(services.url + path, { headers: { authorization: `Bearer ${access}` } })
  expect((await get('/api/flyers/mine/')).status).toBe(200)
  const answer = await get(`/api/flyers/${randomUUID()}`)
  expect([answer.status, await answer.json()]).toEqual([404, { detail: 'Not found.', code: 'not_found' }])
})

test('what a database says never reaches a client', async () => {
  const ada = await services.logIn()
  const db = connect({ url: services.databaseUrl })
  await sql`alter table flyers.flyers rename to flyers_secret_name`.execute(db)
  const answers = [await ada.mine(), await ada.create(makeFlyer())]
  const error: unknown = await ada.trpc.mine.query().catch((thrown: unknown) => thrown)
  await sql`alter table flyers.flyers_secret_name rename to flyers`.execute(db)
  await db.destroy()
  const detail = 'Something went wrong on our side.'
  const requestId: unknown = expect.stringMatching(/^[\w-]{36}$/)
  for (const { status, body } of answers) {
    expect([status, body]).toEqual([500, { detail, code: 'internal_error', request_id: requestId }])
  }
  expect(error).toMatchObject({ message: detail, data: { code: 'internal_error' } })
  expect(JSON.stringify(error)).not.toMatch(/secret_name|relation|stack/)
})
