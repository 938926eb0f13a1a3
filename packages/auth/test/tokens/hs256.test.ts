import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createHs256 } from '../../src/tokens/hs256.ts'
import { createService, openDatabase, logIn } from '../support/harness.ts'
import { secretKey } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

test('a token with another spelling of its header counts too', async () => {
  const { access } = await logIn(service)
  const payload = access.split('.')[1] ?? ''
  for (const header of [
    '{"typ":"JWT","alg":"HS256"}',
    '{"alg":"HS256"}',
    '{ "alg": "HS256", "typ": "JWT" }',
  ]) {
    expect((await service.me(sign(Buffer.from(header).toString('base64url'), payload))).status).toBe(200)
  }
})

test('a changed, missing or additional part makes a token refused', async () => {
  const { access } = await logIn(service)
  const [header = '', payload = '', signature = ''] = access.split('.')
  const wrong = [
    [header, change(payload), signature],
    [header, payload, change(signature)],
    [change(header), payload, signature],
    [header, payload, signature.slice(0, -1)],
    [header, payload, ''],
    [header, payload],
    [header, payload, signature, ''],
    [header, payload, signature, signature],
    ['', payload, signature],
  ]
  for (const parts of wrong) expect((await service.me(parts.join('.'))).status).toBe(401)
})

test('a payload that is no object is refused, however signed', async () => {
  const { access } = await logIn(service)
  const [header = ''] = access.split('.')
  for (const payload of ['[]', '1', 'null', '"text"', '{', '', '\ufeff{}', '{"exp":"1"}']) {
    expect((await service.me(sign(header, Buffer.from(payload).toString('base64url')))).status).toBe(401)
  }
  const notUtf8 = Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')
  for (const payload of [notUtf8, '***']) expect((await service.me(sign(header, payload))).status).toBe(401)
})

test('the fast reader knows our header and an object alone', () => {
  const reader = createHs256(secretKey)
  const good = reader.sign({ jti: 'ä' })
  expect(reader.findPayload(good)).toEqual({ jti: 'ä' })
  const [header = '', payload = '', signature = ''] = good.split('.')
  for (const token of ['', header, `${header}.${payload}`, `${good}.`, `.${payload}.${signature}`])
    expect(reader.findPayload(token)).toBeUndefined()
  expect(reader.findPayload(`${header}.${payload}.${signature.slice(1)}`)).toBeUndefined()
  for (const text of ['[]', '1', 'null', '"a"', 'true', '{', '\ufeff{}'])
    expect([text, reader.findPayload(sign(header, Buffer.from(text).toString('base64url')))]).toEqual([
      text,
      undefined,
    ])
  const notUtf8 = Buffer.from('{"jti":"\xff"}', 'latin1').toString('base64url')
  expect(reader.findPayload(sign(header, notUtf8))).toBeUndefined()
})

function sign(header: string, payload: string): string {
  const content = `${header}.${payload}`
  return `${content}.${createHmac('sha256', secretKey).update(content).digest('base64url')}`
}

/** Another letter in the middle, where each of its bits counts. */
function change(text: string): string {
  const at = Math.floor(text.length / 2)
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}
