import { startTestApi } from '@pockitflyer/testing'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll, expect, test } from 'vitest'
import { createSender } from '../src/send.ts'
import { sendRaw } from './raw.ts'
import { addContractUsers } from './users.ts'

const database = await createTestDatabase()
await addContractUsers(database.url)
const api = await startTestApi(database.url)
const sender = createSender(api.url)
afterAll(async () => {
  sender.close()
  await api.stop()
  await database.drop()
})

async function logIn(): Promise<string> {
  const answer = await sender.send({
    method: 'POST',
    path: '/api/users/login/',
    headers: { 'Content-Type': 'application/json' },
    body: { json: { email: 'test@example.com', password: 'TestPass123!' } },
  })
  return /"access":"([^"]+)"/.exec(answer.text)?.[1] ?? ''
}

const access = await logIn()

const multipart = 'multipart/form-data; boundary=x'
const part = (name: string, value: string, more = '') =>
  `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
const file = (name: string) =>
  part(name, 'a\r\n--y', '; filename="a"\r\nContent-Type: application/octet-stream')

/** A valid body of every kind: what it is, its type, itself. */
const bodies: [string, string, string][] = [
  ['JSON', 'application/json', '{"token": "é", "profile": {"bio": "\\ud83d\\ude00", "a": [1e5, true]}}'],
  ['JSON in UTF-16', 'application/json; charset=utf-16le', '{\0"\0t\0o\0k\0e\0n\0"\0:\0"\0x\0"\0}\0'],
  ['a form', 'application/x-www-form-urlencoded', 'token=a%20%C3%A9+b&profile.bio=%F0%9F%98%80&token='],
  ['multipart', multipart, `${part('token', 'é')}${part('profile.bio', 'b')}--x--\r\n`],
  ['multipart that begins with a file', multipart, `${file('token')}${part('profile.bio', 'b')}--x--\r\n`],
  ['multipart that ends with a file', multipart, `${part('token', 'a')}${file('profile.bio')}--x--`],
  ['multipart with all around it', multipart, `preamble\r\n${part('token', 'a')}--x-- \r\nepilogue\r\n`],
  ['multipart with padding', multipart, `${part('token', 'a').replace('--x', '--x \t')}--x--\r\n`],
  ['multipart with bare line feeds', multipart, `${part('token', 'a')}--x--\r\n`.replaceAll('\r\n', '\n')],
  ['multipart in multipart', multipart, part('token', 'a', '\r\nContent-Type: multipart/mixed; boundary=y')],
]

const requests = bodies.flatMap(([kind, type, body]) => [
  { kind, type, body, method: 'POST', path: '/api/users/token/verify/' },
  { kind, type, body, method: 'PATCH', path: '/api/users/me/' },
  { kind, type, body, method: 'POST', path: '/api/trpc/auth.verify' },
])

const isClientsFault = (status: number) => status < 500

test.each(requests)(
  '$kind that ends after any byte is answered at $path',
  async ({ type, body, method, path }) => {
    const bytes = Buffer.from(body)
    const cuts = Array.from({ length: bytes.length + 1 }, (_, end) => bytes.subarray(0, end))
    const answers = await Promise.all(
      cuts.map((cut) =>
        sender.send({
          method,
          path,
          headers: { 'Content-Type': type, Authorization: `Bearer ${access}` },
          body: { base64: cut.toString('base64') },
        }),
      ),
    )
    for (const { status } of answers) expect(status).toSatisfy(isClientsFault)
  },
)

test.each(requests)(
  '$kind whose chunks end after any byte is answered at $path',
  async ({ type, body, method, path }) => {
    const head = [
      `${method} ${path} HTTP/1.1`,
      'Host: x',
      `Content-Type: ${type}`,
      `Authorization: Bearer ${access}`,
      'Transfer-Encoding: chunked',
      'Connection: close',
      '\r\n',
    ].join('\r\n')
    const bytes = Buffer.from(body)
    const chunked = Buffer.concat([
      Buffer.from(`${head}${bytes.length.toString(16)}\r\n`),
      bytes,
      Buffer.from('\r\n0\r\n\r\n'),
    ])
    const ends = Array.from({ length: chunked.length - head.length }, (_, index) => head.length + index)
    const answers = await Promise.all(ends.map((end) => sendRaw(api.url, chunked.subarray(0, end))))
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 400 |^$/)
  },
)
