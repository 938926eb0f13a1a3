import pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { isCitus } from '../../src/db/postgres/engine.ts'
import { createChanger, findSecrets } from '../support/email-changes.ts'
import { addAccount, createService, openDatabase, password, sessionsOf } from '../support/harness.ts'
import { mailEnv, readMails } from '../support/mailbox.ts'

const { db } = await openDatabase()
const service = await createService(db, mailEnv)

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const nextFirefox = firefox.replaceAll('140', '141')
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

interface Device {
  agent?: string
  ip?: string
  token?: string
}

const logInFrom = async (email: string, { agent = firefox, ip = '198.51.100.7', token }: Device = {}) =>
  service.post(
    'login/',
    { email, password },
    { headers: { 'User-Agent': agent, 'x-test-address': ip, ...(token && { 'Device-Token': token }) } },
  )

const readTemplates = async () => (await readMails(service)).map(({ template }) => template)

/** An account that was logged in to once, from Firefox. */
async function addKnown() {
  const { id, email } = await addAccount(service)
  const { headers } = await logInFrom(email)
  await readMails(service)
  return { id, email, token: headers['device-token'] ?? '' }
}

test('a login from another kind of device is told, with where from', async () => {
  const { email } = await addKnown()
  await logInFrom(email, { agent: iphone })
  expect(await readMails(service)).toMatchObject([
    { template: 'new_device', toEmail: email, params: { ip: '198.51.100.7', userAgent: iphone } },
  ])
})

test.each([
  ['203.0.113.9', 'another network'],
  ['2001:db8:7::1', 'another network of IPv6'],
])('a login from %s is told: %s', async (ip) => {
  const { email } = await addKnown()
  await logInFrom(email, { ip })
  expect(await readTemplates()).toEqual(['new_device'])
})

test.each<[string, Device]>([
  ['the same device', {}],
  ['the same network of 24 bits', { ip: '198.51.100.200' }],
  ['a newer version of the browser', { agent: nextFirefox }],
])('a login from %s is not told', async (_, device) => {
  const { email } = await addKnown()
  await logInFrom(email, device)
  expect(await readTemplates()).toEqual([])
})

test('in IPv6 a network has 48 bits', async () => {
  const { email } = await addKnown()
  await logInFrom(email, { ip: '2001:db8:7:1::1' })
  await readMails(service)
  await db.deleteFrom('outgoing_mails').execute()
  await logInFrom(email, { ip: '2001:db8:7:ffff::9' })
  expect(await readTemplates()).toEqual([])
})

test('a device with its token is known in any network', async () => {
  const { email, token } = await addKnown()
  await logInFrom(email, { agent: iphone, ip: '203.0.113.9', token })
  expect(await readTemplates()).toEqual([])
})

test('neither a registration nor a first login is told', async () => {
  const { email } = await addAccount(service)
  await logInFrom(email)
  const registered = `new-${crypto.randomUUID()}@example.com`
  await service.post('register/', { email: registered, password })
  expect(await readTemplates()).toEqual([])
})

test('a wrong password is not told', async () => {
  const { email } = await addKnown()
  await service.login(email, 'wrong')
  expect(await readTemplates()).toEqual([])
})

test('a login is told after all earlier sessions are pruned', async () => {
  const { id, email } = await addKnown()
  await db.deleteFrom('sessions').where('user_id', '=', id).execute()
  await logInFrom(email)
  expect(await readTemplates()).toEqual(['new_device'])
})

test('of many new devices a day one is told', async () => {
  const { email } = await addKnown()
  for (const ip of ['203.0.113.9', '192.0.2.9', '2001:db8:7::1']) await logInFrom(email, { ip })
  expect(await readTemplates()).toEqual(['new_device'])
  await logInFrom(email, { agent: iphone })
  expect(await readTemplates()).toEqual([])
})

test('its undo shuts out the one who logged in', async () => {
  const { id, email } = await addKnown()
  const stolen = await logInFrom(email, { agent: iphone, ip: '203.0.113.9' })
  const { undo, recover } = createChanger(service)
  expect((await undo(findSecrets(await readMails(service), 'new_device'))).status).toBe(200)
  expect((await service.refresh(stolen.body.refresh)).status).toBe(401)
  expect((await service.login(email, password)).status).toBe(401)
  const revoked = (await sessionsOf(db, id)).map(({ revoked_because }) => revoked_because)
  expect(new Set(revoked)).toEqual(new Set(['undo']))
  await recover(email)
})

// On Citus a login is a transaction of several statements.
test.skipIf(await isCitus(db))('a login that adds the job costs two round trips as before', async () => {
  const { email } = await addKnown()
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await logInFrom(email, { agent: iphone })
  expect(query.mock.calls).toHaveLength(2)
  query.mockRestore()
  expect(await readTemplates()).toEqual(['new_device'])
})

test('where mail is off, a login needs nothing of the queue', async () => {
  const silent = await createService(db)
  const { email } = await addAccount(silent)
  await silent.login(email, password)
  const query = vi.spyOn(pg.Client.prototype, 'query')
  expect((await silent.login(email, password)).status).toBe(200)
  expect(JSON.stringify(query.mock.calls)).not.toContain('graphile_worker')
  query.mockRestore()
})

describe('a user who wants no such mails', () => {
  const turn = (token: string, new_device: unknown) =>
    service.rest('PATCH', '/api/users/notices/', json(token), JSON.stringify({ new_device }))
  const json = (token: string) => ({ token, headers: { 'Content-Type': 'application/json' } })
  const notices = async (token: string) => (await service.rest('GET', '/api/users/notices/', { token })).text

  test('gets none, and one mail that says so', async () => {
    const { email } = await addKnown()
    const { access } = (await logInFrom(email)).body
    expect(await notices(access)).toBe('{"new_device":true}')
    for (const _ of [1, 2])
      expect(await turn(access, false)).toMatchObject({ status: 200, text: '{"new_device":false}' })
    expect(await readTemplates()).toEqual(['new_device_mails_off'])
    expect(await notices(access)).toBe('{"new_device":false}')
    await logInFrom(email, { agent: iphone })
    expect(await readTemplates()).toEqual([])
    expect((await turn(access, true)).status).toBe(200)
    await logInFrom(email, { ip: '192.0.2.9' })
    expect(await readTemplates()).toEqual(['new_device'])
  })

  test('still gets every other notice', async () => {
    const { email } = await addKnown()
    const { access } = (await logInFrom(email)).body
    await turn(access, false)
    await readMails(service)
    const change = { current_password: password, new_password: 'seven ferries at noon' }
    await service.post('password/change/', change, { token: access })
    expect(await readTemplates()).toEqual(['password_changed'])
  })

  test('needs a session and says true or false', async () => {
    const { email } = await addKnown()
    const { access } = (await logInFrom(email)).body
    expect((await turn('none', false)).status).toBe(401)
    expect((await turn(access, 'perhaps')).body).toEqual({ new_device: ['Must be a valid boolean.'] })
    expect((await turn(access, undefined)).body).toEqual({ new_device: ['This field is required.'] })
    expect((await turn(access, 'false')).status).toBe(200)
  })
})
