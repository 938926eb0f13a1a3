import { expect, test } from 'vitest'
import { findMethods } from '../../src/http/route.ts'
import { createService, addAccount, openDatabase, password, logIn } from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createService(db)
const user = await addAccount(service, { password })

const loginPath = '/api/users/login/'

function send(contentType: string | undefined, body: RequestInit['body']) {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'Content-Type': contentType }
  return service.rest('POST', loginPath, { headers }, body)
}

const credentials = { email: user.email, password }

test('the trailing slash may be there or not', async () => {
  for (const path of [loginPath, '/api/users/login']) {
    expect((await service.rest('POST', path, {}, JSON.stringify(credentials))).status).toBe(200)
  }
})

test('credentials arrive as JSON, as a form or as multipart', async () => {
  const form = new FormData()
  for (const [name, value] of Object.entries(credentials)) form.append(name, value)
  const answers = [
    await send('application/json', JSON.stringify(credentials)),
    await send('application/json; charset=utf-8', JSON.stringify(credentials)),
    await send('Application/JSON; charset="UTF-8"', Buffer.from(JSON.stringify(credentials))),
    await send('application/x-www-form-urlencoded', new URLSearchParams(credentials).toString()),
    await send(undefined, form),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
})

test('a password of any script survives every encoding', async () => {
  const plain = ' pässwörd ☃ + & = % '
  const { email } = await addAccount(service, { password: plain })
  const form = new FormData()
  form.append('email', email)
  form.append('password', plain)
  const latin = ' pässwörd '
  const other = await addAccount(service, { password: latin })
  const answers = [
    await send('application/json', JSON.stringify({ email, password: plain })),
    await send(
      'application/x-www-form-urlencoded',
      new URLSearchParams({ email, password: plain }).toString(),
    ),
    await send(undefined, form),
    await send(
      'application/json; charset=latin-1',
      Buffer.from(JSON.stringify({ email: other.email, password: latin }), 'latin1'),
    ),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

test('a number stands for its text, as in a CharField', async () => {
  const { email } = await addAccount(service, { password: '4821095736' })
  expect((await service.login(email, 4821095736)).status).toBe(200)
})

test('an unreadable body is refused without echoing any of it', async () => {
  for (const body of [`{"password": "${password}`, `{"password": ${password}}`, password]) {
    const malformed = await send('application/json', body)
    expect([malformed.status, malformed.body.detail.slice(0, 19)]).toEqual([400, 'JSON parse error - '])
    expect(malformed.text).not.toContain(password.slice(0, 4))
  }
  expect((await send('application/json', Buffer.from([0x22, 0xff, 0x22]))).status).toBe(400)
  expect((await send('multipart/form-data; boundary=x', 'no parts')).status).toBe(400)
  expect(await send('text/plain', 'email')).toMatchObject({
    status: 415,
    body: { detail: 'Unsupported media type "text/plain" in request.' },
  })
  expect(await send(undefined, Buffer.from('{}'))).toMatchObject({
    status: 415,
    body: { detail: 'Unsupported media type "" in request.' },
  })
  for (const [body, text] of [
    ['[]', 'Invalid data. Expected a dictionary, but got list.'],
    ['"text"', 'Invalid data. Expected a dictionary, but got str.'],
    ['1', 'Invalid data. Expected a dictionary, but got int.'],
    ['1.5', 'Invalid data. Expected a dictionary, but got float.'],
    ['true', 'Invalid data. Expected a dictionary, but got bool.'],
    ['null', 'No data provided'],
  ] as const) {
    const answer = await send('application/json', body)
    expect([body, answer.status, answer.body]).toEqual([body, 400, { non_field_errors: [text] }])
  }
})

test('a request without a body lacks every field', async () => {
  expect(await service.rest('POST', loginPath)).toMatchObject({
    status: 400,
    body: { email: ['This field is required.'], password: ['This field is required.'] },
  })
})

test('another method is refused by name, and Allow says which there are', async () => {
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
    const body = method === 'GET' ? undefined : JSON.stringify(credentials)
    expect(await service.rest(method, loginPath, {}, body)).toMatchObject({
      status: 405,
      headers: { allow: 'POST, OPTIONS' },
      body: { detail: `Method "${method}" not allowed.` },
    })
  }
})

test('the methods of a path are told for its CORS answer', () => {
  for (const path of ['/api/users/me/', '/api/users/me', '/api/users/%6de/'])
    expect(findMethods(path)).toEqual(['GET', 'PATCH', 'HEAD', 'OPTIONS'])
  expect(findMethods('/api/users/none/')).toBeUndefined()
})

test('a protected endpoint asks for the token before it speaks of methods', async () => {
  const { access } = await logIn(service)
  expect((await service.rest('POST', '/api/users/me/')).status).toBe(401)
  const answer = await service.rest('POST', '/api/users/me/', { token: access })
  expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, PATCH, HEAD, OPTIONS' } })
})

test('of a repeated query parameter the last value counts', async () => {
  const { email, access: token } = await logIn(service)
  await service.login(email, password)
  const listed = async (query: string) => {
    const { status, text } = await service.rest('GET', `/api/users/sessions/${query}`, { token })
    const sessions: unknown = JSON.parse(text)
    return [status, Array.isArray(sessions) ? sessions.length : sessions]
  }
  expect(await listed('')).toEqual([200, 2])
  for (const query of ['?limit=1', '?limit=2&limit=1&unknown=3', '?limit=2&limit=2&limit=1'])
    expect(await listed(query)).toEqual([200, 1])
  for (const limit of ['1x', 'x1', '-1', '']) expect((await listed(`?limit=1&limit=${limit}`))[0]).toBe(400)
})

test('HEAD is GET', async () => {
  const { access } = await logIn(service)
  expect((await service.rest('HEAD', '/api/users/me/', { token: access })).status).toBe(200)
  expect((await service.rest('HEAD', '/api/users/me/')).status).toBe(401)
})

test('unknown paths are not found, nor names of object properties', async () => {
  for (const path of ['/api/users/', '/api/users/login/x/', '/api/users/constructor/', '/api/users/me//']) {
    expect([path, (await service.rest('GET', path)).status]).toEqual([path, 404])
  }
})

test('names that are properties of every object are fields like others', async () => {
  const body = `{"__proto__": {"email": "${user.email}"}, "constructor": 1, "password": "${password}"}`
  expect(await send('application/json', body)).toMatchObject({
    status: 400,
    body: { email: ['This field is required.'] },
  })
  expect(({} as Record<string, unknown>)['email']).toBe(undefined)
})

test('no answer may be stored or sniffed', async () => {
  for (const answer of [
    await service.login(user.email, password),
    await service.login(user.email, 'WrongPass123!'),
    await service.login(null, null),
    await service.me(),
    await service.rest('GET', '/api/users/none/'),
  ]) {
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    })
  }
})
