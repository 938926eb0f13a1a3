import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'
import { resetService } from './played-service.ts'
import { type RawAnswer, sendRaw, valuesOf } from './raw-request.ts'
import { cookieNames, userCookieName, forgeToken, inSeconds } from './session-cookies.ts'
import { setStage, type Stage } from './stub-service.ts'

let stage: Stage

test.beforeAll(async () => {
  const secrets = { SECRET_KEY: 'a secret', DATABASE_URL: 'postgres://a', FOREIGN_PASSWORD: 'a secret' }
  stage = await setStage({ ...secrets, KEEP_ALIVE_TIMEOUT: '90s' })
})

test.afterAll(() => stage.stop())

test.beforeEach(() => {
  resetService(stage)
  stage.answers['auth.policy'] = {
    data: { registration: true, password: { min_length: 8, max_bytes: 1024 }, password_reset: true },
  }
})

const user = { id: 1, email: 'ada@example.com', profile: { display_name: 'Ada', bio: '' } }

function send(request: Parameters<typeof sendRaw>[1]): Promise<RawAnswer> {
  return sendRaw(stage.web.url, request)
}

const brokenPaths = [
  '/%',
  '/%zz/',
  '/%ff',
  '/%E0%A4%A',
  '/a;%',
  '/%00',
  '/\u00e9',
  '/%2e%2e/%2f',
  '/me/?q=%ff',
]

test('no method and no target makes the server fail', async () => {
  const prefixes = ['', '/login', '/api', '/.well-known', '/session/renew', '/_next/static', '/_next/image']
  const targets = [
    '*',
    'login',
    'http://[',
    'http://a/%',
    '//evil.example/',
    ...prefixes.flatMap((prefix) => brokenPaths.map((path) => prefix + path)),
  ]
  for (const target of targets) {
    for (const method of ['GET', 'OPTIONS', 'PUT', 'TRACE', 'POST']) {
      const { status } = await send({ method, target })
      expect(status, `${method} ${target}`).toBeGreaterThanOrEqual(200)
      expect(status, `${method} ${target}`).toBeLessThan(500)
    }
  }
  expect((await send({ method: 'OPTIONS', target: '*' })).status).toBe(204)
  expect((await send({ target: '/account/%' })).status).toBe(400)
  expect((await send({ method: 'TRACE' })).status).toBe(405)
})

test('no header is a fault of ours', async () => {
  const hosts = [
    '1.2.3.4.5',
    'api.1',
    '999.1.1.1',
    '[',
    'a b',
    '',
    'x:99999',
    'x/y',
    'u@x',
    '\u00e9',
    'xn--a',
    '%',
    'a?b',
    'a\\b',
  ]
  const lines = [
    ...hosts.flatMap((host) => [`Host: ${host}`, `X-Forwarded-Host: ${host}`, `Forwarded: host="${host}"`]),
    ...['https', 'ftp', ',', 'x y', ':', '%', 'https://'].map((scheme) => `X-Forwarded-Proto: ${scheme}`),
    ...['443', 'x', '-1', '99999', '1,2'].map((port) => `X-Forwarded-Port: ${port}`),
    ...[
      '%',
      '=;=;;',
      `${cookieNames.refresh}=%ff; ${cookieNames.access}=%`,
      'pf_zone=%zz\u00e9',
      '__proto__=1',
      '__prerender_bypass=%',
    ].map((cookie) => `Cookie: ${cookie}`),
    'Accept-Language: %%%',
    'X-Forwarded-For: \u00e9',
    'User-Agent: \u00e9\u0080',
    'Range: bytes=x',
    'Next-Router-State-Tree: %',
    'Next-Url: %',
    'RSC: 1',
    'x-middleware-rewrite: http://[',
    'x-middleware-override-headers: x',
    'x-invoke-status: 500',
    'x-matched-path: /%',
    'next-router-segment-prefetch: %',
    'Upgrade: h2c',
    'Expect: x',
    'Content-Length: x',
    'Transfer-Encoding: x',
    'Connection: close, Host, Cookie, Content-Length',
  ]
  for (const line of lines) {
    for (const target of ['/login', '/account', '/', '/session/renew', '/api/users/me/', '/icon.svg']) {
      const { status } = await send({ target, headers: [line] })
      expect(status, `${target} ${line}`).toBeLessThan(500)
    }
  }
  for (const target of ['/login', '/api/users/me/'])
    expect((await send({ target, headers: ['Host: a', 'Host: b'] })).status, target).toBe(400)
})

test('what is no request is answered in the shape of the API', async () => {
  const ofApi = '/api/users/me/'
  const requests: [Parameters<typeof sendRaw>[1], number][] = [
    [{ method: 'BREW', target: ofApi }, 405],
    [{ method: 'get', target: '/login' }, 405],
    [{ method: 'CONNECT', target: 'a:80' }, 405],
    [{ target: '/api/users/m\u00e9/' }, 400],
    [{ target: '/login?\u00e9' }, 400],
    [{ target: ofApi, headers: ['Host: a', 'Host: a'] }, 400],
    [{ target: ofApi, headers: ['Host: a b'] }, 400],
    [{ target: ofApi, headers: ['no header'] }, 400],
    [{ target: ofApi, headers: ['Expect: x'] }, 417],
    [{ target: ofApi, headers: [`X: ${'x'.repeat(20_000)}`] }, 431],
    [{ method: 'POST', target: ofApi, headers: ['Transfer-Encoding: gzip'] }, 400],
    [{ method: 'POST', target: ofApi, headers: ['Transfer-Encoding: chunked'], body: 'x\r\n' }, 400],
    [{ method: 'POST', target: ofApi, headers: ['Content-Length: 9'], body: '{', isCutOff: true }, 400],
  ]
  for (const [request, status] of requests) {
    const answer = await send(request)
    const shown = JSON.stringify(request).slice(0, 120)
    expect(answer.status, shown).toBe(status)
    expect(answer.body, shown).toMatch(/^\{"detail":".+"\}$/)
    expect(valuesOf(answer, 'x-content-type-options'), shown).toEqual(['nosniff'])
    expect(valuesOf(answer, 'strict-transport-security'), shown).toHaveLength(1)
  }
})

test('a request for another protocol is answered as a plain one', async () => {
  for (const protocol of ['websocket', 'h2c']) {
    const headers = ['Connection: Upgrade, close', `Upgrade: ${protocol}`]
    expect((await send({ headers })).status).toBe(200)
    expect((await send({ target: '/api/users/me/', headers })).body).toContain('ok')
    expect((await send({ target: '/_next/webpack-hmr', headers })).status).toBe(404)
  }
})

const boundary = '----WebKitFormBoundaryAbCdEf0123456789'

/** What a browser sends of a page's form, without scripts. */
async function readForm(path: string): Promise<string> {
  const { body } = await send({ target: path })
  const hidden = [...body.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)]
  const fields = hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')])
  const parts = [...fields, ['email', 'a@example.com'], ['password', 'x']].map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--${boundary}--\r\n`
}

const multipart = `Content-Type: multipart/form-data; boundary=${boundary}`

function post(target: string, body: string, headers: string[]): Promise<RawAnswer> {
  return send({ method: 'POST', target, body, headers: [`Origin: ${stage.web.url}`, ...headers] })
}

test('no form is a fault of ours, wherever it is cut off', async () => {
  const whole = await readForm('/login')
  expect((await post('/login', whole, [multipart])).status).toBe(303)
  for (let length = 0; length < whole.length - 4; length += 13)
    expect((await post('/login', whole.slice(0, length), [multipart])).status, `${length}`).toBe(400)
  const [, id = ''] = /"id":"([0-9a-f]+)"/.exec(whole) ?? []
  for (const reply of ['', '[', '[null,null]', '["$F1"]', '["$@1"]', '[{"a":"$n1"},"$K1"]'])
    expect(
      (await post('/login', reply, [`Next-Action: ${id}`, 'Content-Type: text/plain'])).status,
      reply,
    ).toBe(400)
  // An action that is called like another one has nothing to work with, and says so.
  const strange = `--${boundary}\r\nContent-Disposition: form-data; name="$ACTION_ID_${id}"\r\n\r\n\r\n--${boundary}--\r\n`
  expect((await post('/login', strange, [multipart])).status).toBeLessThan(500)
  for (const reply of ['[]', '["$K1"]', '[{},"$K1"]'])
    expect(
      (await post('/login', reply, [`Next-Action: ${id}`, 'Content-Type: text/plain'])).status,
      reply,
    ).toBe(200)
  expect((await post('/login', 'x'.repeat(1_100_000), [multipart])).status).toBe(413)
  for (const target of ['/login', '/api/users/login/']) {
    const headers = [`Origin: ${stage.web.url}`, multipart, 'Content-Length: 10']
    expect(
      (await send({ method: 'POST', target, headers, body: 'abc', isCutOff: true })).status,
    ).toBeLessThan(500)
  }
  expect((await send({})).status).toBe(200)
})

test('path, method and body reach the service as spelled', async () => {
  // Node.js refuses bytes over 127 in a target by itself.
  for (const path of brokenPaths.filter((path) => /^[ -~]+$/.test(path))) {
    await send({ target: `/api/users${path}` })
    expect(stage.heard.at(-1)?.url).toBe(`/api/users${path}`)
  }
  for (const method of ['TRACE', 'PROPFIND', 'PUT', 'DELETE', 'OPTIONS']) {
    await send({ method, target: '/.well-known/x', body: 'a=b', headers: ['Content-Type: x'] })
    expect(stage.heard.at(-1)).toMatchObject({ method, url: '/.well-known/x', body: 'a=b' })
  }
  await send({ target: 'http://other.example/api/users/me/?a' })
  expect(stage.heard.at(-1)?.url).toBe('/api/users/me/?a')
  await send({
    method: 'POST',
    target: '/api/x',
    headers: ['Transfer-Encoding: chunked'],
    body: '3\r\nabc\r\n0\r\n\r\n',
  })
  expect(stage.heard.at(-1)?.body).toBe('abc')
})

test('no `Connection` header takes the client’s address or the body’s length away', async () => {
  const headers = [
    'X-Forwarded-For: 1.2.3.4',
    'Connection: close, X-Forwarded-For, Content-Length',
    'X-Custom: kept',
  ]
  await send({ method: 'POST', target: '/api/users/login/', headers, body: 'a=b' })
  const { headers: seen, body } = stage.heard.at(-1) ?? {}
  expect(seen).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'content-length': '3', 'x-custom': 'kept' })
  expect(body).toBe('a=b')
  await send({ target: '/login', headers })
  expect(stage.heard.at(-1)?.headers['x-forwarded-for']).toBe('127.0.0.1')
})

test("every answer has nosniff and HSTS once; the web app's stay same-origin", async () => {
  const own = [
    '/login',
    '/account',
    '/no-such-page',
    '/icon.svg',
    '/_next/static/none.js',
    '/_next/image',
    '/%',
    '/session/renew',
  ]
  for (const target of [...own, '/api/users/me/', '/.well-known/x']) {
    const answer = await send({ target })
    expect(valuesOf(answer, 'x-content-type-options'), target).toEqual(['nosniff'])
    expect(valuesOf(answer, 'strict-transport-security'), target).toEqual([
      'max-age=63072000; includeSubDomains',
    ])
    const policy = own.includes(target) ? ['same-origin'] : []
    expect(valuesOf(answer, 'cross-origin-resource-policy'), target).toEqual(policy)
    expect(valuesOf(answer, 'x-powered-by'), target).toEqual([])
  }
})

test('pictures are not resized for strangers', async () => {
  const query = `url=${encodeURIComponent('/icon.svg')}&w=64&q=75`
  expect((await send({ target: `/_next/image?${query}` })).status).toBe(404)
})

test('behind a TLS proxy a form is same-origin in every spelling', async () => {
  const whole = await readForm('/login')
  stage.answers['auth.login'] = { data: { access: forgeToken({ exp: inSeconds(60) }), refresh: 'r', user } }
  const proxies = [
    ['Host: app.example', 'Origin: https://app.example:443', 'X-Forwarded-Proto: https'],
    [
      'Host: web:3000',
      'Origin: https://app.example',
      'X-Forwarded-Host: APP.example:443, web',
      'X-Forwarded-Proto: https, http',
    ],
    ['Host: app.example', 'Origin: https://app.example:8443', 'X-Forwarded-Port: 8443'],
    ['Host: web', 'Origin: https://app.example:8443', 'Forwarded: host="app.example:8443";proto=https'],
  ]
  for (const headers of proxies) {
    const answer = await send({ method: 'POST', headers: [...headers, multipart], body: whole })
    const location = ['/login?notice=not-kept']
    expect([answer.status, valuesOf(answer, 'location')], headers.join()).toEqual([303, location])
  }
})

test('a foreign form is 403, not stored, and logged by its header', async () => {
  const whole = await readForm('/login')
  const headers = [
    multipart,
    'Host: app.example',
    'Origin: https://app.example',
    'X-Forwarded-Host: inner.example, app.example',
  ]
  const answer = await send({ method: 'POST', headers, body: whole })
  expect(answer.status).toBe(403)
  expect(valuesOf(answer, 'cache-control')).toEqual(['no-store'])
  await expect
    .poll(() => stage.web.log())
    .toContain('Origin is "https://app.example", but X-Forwarded-Host is "inner.example"')
  expect(stage.heard.filter(({ url }) => url.includes('auth.login'))).toEqual([])
})

const dead = `Cookie: ${cookieNames.refresh}=dead`

test('a dead session is reported at the login, after one redirect', async () => {
  stage.answers['auth.refresh'] = { status: 401 }
  for (const proxy of [
    [],
    ['Host: app.example', 'X-Forwarded-Proto: https'],
    [
      'Host: app.example',
      'X-Forwarded-Proto: https',
      'X-Forwarded-Host: app.example',
      'X-Forwarded-Port: 443',
    ],
  ]) {
    const answer = await send({ headers: [dead, ...proxy] })
    expect([answer.status, valuesOf(answer, 'location')], proxy.join()).toEqual([
      307,
      ['/login?notice=session-ended'],
    ])
    const again = await send({ target: '/login?notice=session-ended', headers: [dead, ...proxy] })
    expect(again.status).toBe(200)
    expect(again.body).toContain('Your session has ended.')
    for (const { head } of [answer, again])
      expect(head).toContain(`${cookieNames.refresh}=; Path=/; Max-Age=0; Secure; HttpOnly`)
  }
  const far = await send({ target: '/account/sessions?a=1&b=%2F', headers: [dead] })
  expect(valuesOf(far, 'location')).toEqual([
    '/login?notice=session-ended&next=%2Faccount%2Fsessions%3Fa%3D1%26b%3D%252F',
  ])
  const back = await send({ target: '/login?next=%2Faccount%2Fsessions', headers: [dead] })
  expect(valuesOf(back, 'location')).toEqual(['/login?notice=session-ended&next=%2Faccount%2Fsessions'])
})

function cookie(access: string, refresh = 'r'): string {
  return `Cookie: ${cookieNames.access}=${access}; ${cookieNames.refresh}=${refresh}`
}

const old = forgeToken({ exp: inSeconds(-5) })
const lasting = forgeToken({ exp: inSeconds(86_400) })
const refreshed = {
  access: forgeToken({ exp: inSeconds(3600) }),
  refresh: forgeToken({ exp: inSeconds(7200) }),
}

function heardRefreshes(): number {
  return stage.heard.filter(({ url }) => url.includes('auth.refresh')).length
}

test('before a page an old pair is refreshed once, and used', async () => {
  stage.answers['auth.refresh'] = { data: refreshed }
  stage.answers['auth.me'] = { data: user }
  for (const method of ['GET', 'HEAD']) {
    stage.heard.length = 0
    const answer = await send({ method, target: '/account', headers: [cookie(old)] })
    expect([answer.status, heardRefreshes()], method).toEqual([200, 1])
    const asked = stage.heard.find(({ url }) => url.includes('auth.me'))
    expect(asked?.headers.authorization).toBe(`Bearer ${refreshed.access}`)
    const cookies = valuesOf(answer, 'set-cookie')
    expect(cookies).toHaveLength(2)
    for (const [index, [name, value]] of Object.entries(refreshed).entries()) {
      expect(cookies[index]).toContain(`__Host-pf_${name}=${value}; Path=/; `)
      expect(cookies[index]).toMatch(/Secure; HttpOnly; SameSite=lax$/i)
    }
  }
  stage.heard.length = 0
  await send({ target: '/account', headers: [cookie(lasting)] })
  await send({ target: '/account', headers: [`Cookie: ${cookieNames.access}=${old}`] })
  expect(heardRefreshes()).toBe(0)
})

test('before a form the proxy refreshes nothing: the action does, once', async () => {
  const whole = await readForm('/login')
  stage.answers['auth.refresh'] = { data: refreshed }
  stage.answers['auth.login'] = { status: 401, code: 'invalid_credentials' }
  stage.heard.length = 0
  const answer = await post('/login', whole, [multipart, cookie(old)])
  const kept = valuesOf(answer, 'set-cookie').map((line) => line.split('=', 1)[0])
  expect([answer.status, heardRefreshes(), kept]).toEqual([303, 0, ['__Secure-pf_flash']])
})

test('while the service is out of reach no session is forgotten', async () => {
  for (const status of [429, 500, 503]) {
    stage.answers['auth.refresh'] = { status, code: 'unavailable' }
    for (const target of ['/account', '/login', '/session/renew?next=/account/password']) {
      const answer = await send({ target, headers: [cookie(old)] })
      expect(valuesOf(answer, 'set-cookie'), `${status} ${target}`).toEqual([])
    }
    const outcome = await send({
      target: '/session/renew?next=/account/password',
      headers: [cookie(lasting)],
    })
    expect(valuesOf(outcome, 'location')).toEqual(['/login?notice=unavailable&next=%2Faccount%2Fpassword'])
  }
})

test('/session/renew gives one new pair and leads back with the query', async () => {
  stage.answers['auth.refresh'] = { data: refreshed }
  stage.answers['auth.me'] = { data: user }
  const answer = await send({
    target: '/session/renew?next=%2Faccount%2Fsessions%3Fa%3D1',
    headers: [cookie(lasting)],
  })
  expect([answer.status, valuesOf(answer, 'location')]).toEqual([307, ['/account/sessions?a=1']])
  expect([valuesOf(answer, 'cache-control'), valuesOf(answer, 'set-cookie').length]).toEqual([
    ['no-store'],
    2,
  ])
  expect(heardRefreshes()).toBe(1)
  expect(JSON.parse(stage.heard[0]?.body ?? '')).toEqual({ '0': { refresh: 'r' } })
  stage.answers['auth.me'] = { status: 503, code: 'unavailable' }
  const meanwhile = await send({ target: '/session/renew', headers: [cookie(lasting)] })
  expect([valuesOf(meanwhile, 'location'), valuesOf(meanwhile, 'set-cookie').length]).toEqual([
    ['/account'],
    2,
  ])
})

test('a new pair that is rejected ends the session without a loop', async () => {
  stage.answers['auth.refresh'] = { data: refreshed }
  stage.answers['auth.me'] = { status: 401 }
  for (const headers of [[cookie(lasting)], [`Cookie: ${cookieNames.access}=${lasting}`], []]) {
    const answer = await send({ target: '/session/renew?next=%2Fflyers', headers })
    expect([answer.status, valuesOf(answer, 'location')]).toEqual([
      307,
      ['/login?notice=session-ended&next=%2Fflyers'],
    ])
    expect(valuesOf(answer, 'cache-control')).toEqual(['no-store'])
    for (const line of valuesOf(answer, 'set-cookie'))
      expect(line).toMatch(/=; Path=\/; Max-Age=0; Secure; (?:HttpOnly; )?SameSite=lax$/i)
    expect(valuesOf(answer, 'set-cookie')).toHaveLength(3)
  }
})

test('a page with a rejected token goes by /session/renew', async () => {
  stage.answers['auth.me'] = { status: 401 }
  const rejected = await send({ target: '/account', headers: [cookie(lasting)] })
  expect([rejected.status, valuesOf(rejected, 'location')]).toEqual([307, ['/session/renew']])
  stage.answers['auth.me'] = { status: 503, code: 'unavailable' }
  const unavailable = await send({ target: '/account', headers: [cookie(lasting)] })
  expect(unavailable.status).toBe(200)
  expect(unavailable.body).toContain('You are still logged in.')
})

test("a logout ends the session, its cookies and the browser's cached pages", async () => {
  stage.answers['auth.logout'] = { data: {} }
  const own = [`Origin: ${stage.web.url}`, 'Content-Length: 0']
  const answer = await send({
    method: 'POST',
    target: '/session/end',
    headers: [...own, cookie(lasting, 'mine')],
  })
  expect([answer.status, valuesOf(answer, 'location')]).toEqual([303, ['/login?notice=logged-out']])
  expect(valuesOf(answer, 'clear-site-data')).toEqual(['"cache"'])
  expect(valuesOf(answer, 'cache-control')).toEqual(['no-store'])
  expect(valuesOf(answer, 'set-cookie').map((line) => line.split(';')[0])).toEqual([
    `${cookieNames.access}=`,
    `${cookieNames.refresh}=`,
    `${userCookieName}=`,
  ])
  expect(JSON.parse(stage.heard.at(-1)?.body ?? '')).toEqual({ '0': { refresh: 'mine' } })
  expect((await send({ target: '/session/end', headers: [cookie(lasting)] })).status).toBe(405)
  const foreign = await send({
    method: 'POST',
    target: '/session/end',
    headers: ['Origin: https://evil.example', 'Content-Length: 0', cookie(lasting)],
  })
  expect([foreign.status, valuesOf(foreign, 'set-cookie')]).toEqual([403, []])
})

test('cookies without the prefix are nobody’s in production', async () => {
  stage.answers['auth.me'] = { data: user }
  const port = new URL(stage.web.url).port
  for (const names of ['pf_access', `pf_access_${port}`, 'pf_access_3000', '__Secure-pf_access'].map(
    (name) => `Cookie: ${name}=${lasting}`,
  )) {
    const answer = await send({ target: '/account', headers: [names] })
    expect(valuesOf(answer, 'location'), names).toEqual(['/login'])
  }
})

test('opened by plain http, login pages warn that it will not last', async () => {
  const words = 'This page was opened over http'
  for (const target of ['/login', '/register']) {
    expect((await send({ target, headers: ['Host: app.example'] })).body).toContain(words)
    const fine = [
      [],
      ['Host: localhost:3000'],
      ['Host: app.example', 'X-Forwarded-Proto: https'],
      ['Host: app.example', 'Sec-Fetch-Site: none'],
      ['X-Opened-By-Plain-Http: 1'],
    ]
    for (const headers of fine)
      expect((await send({ target, headers })).body, headers.join()).not.toContain(words)
  }
})

test('an idle connection stays open for as long as is set', async () => {
  for (const target of ['/login', '/api/users/me/', '/%']) {
    const answer = await fetch(stage.web.url + target)
    await answer.text()
    expect(answer.headers.get('keep-alive'), target).toBe('timeout=90')
  }
})

test('the process holds only the variables it needs', () => {
  test.skip(process.platform !== 'linux', 'reads /proc')
  const environment = readFileSync(`/proc/${stage.web.pid}/environ`, 'utf8')
  expect(environment).toContain('API_URL=')
  expect(environment).not.toMatch(/secret|postgres:|TEST_|npm_/i)
})
