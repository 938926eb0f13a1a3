import { randomUUID } from 'node:crypto'
import { mailEnv } from '@pockitflyer/testing'
import { expect, test } from 'vitest'
import { readCases } from '../../src/cases.ts'
import { isRecord } from '../../src/exchange.ts'
import { checkAnswer, checkBody, checkValue, type ReceivedAnswer } from './check-answer.ts'
import { type DocumentedOperation, operations } from './documented.ts'
import { badPasswords, carry, type Fields, findBadToken, type Sent, spoil } from './requests.ts'
import { account } from './account.ts'
import { openAccounts, startServer } from './servers.ts'

const accounts = await openAccounts()
const ruins = await openAccounts()
await ruins.ruin()
const followers = await openAccounts()
await followers.letDjangoLead()

/** Servers that between them answer with everything that is documented. */
const servers = {
  usual: await startServer(accounts.url, mailEnv),
  /** Looks whether the session of a token has ended. */
  strict: await startServer(accounts.url, { BLACKLIST_AFTER_ROTATION: 'true' }),
  /** Checks one password at a time, slowly, and lets none wait. */
  busy: await startServer(accounts.url, {
    ...mailEnv,
    HASH_CONCURRENCY: '1',
    HASH_QUEUE: '0',
    ARGON2_TIME_COST: '50',
  }),
  /** Lets everything be done once an hour. */
  limited: await startServer(accounts.url, {
    WRITES_PER_USER: '1/1h',
    RATE_LIMITS: 'on',
    LOGIN_FAILURES_PER_ADDRESS: '1/1h',
    REGISTRATIONS_PER_ADDRESS: '1/1h',
    PASSWORD_CHANGES_PER_USER: '1/1h',
    REFRESHES_PER_ADDRESS: '1/1h',
    MAIL_REQUESTS_PER_ADDRESS: '1/1h',
    ...mailEnv,
  }),
  /** Logs unverified users in. */
  verifying: await startServer(accounts.url, { ...mailEnv, EMAIL_VERIFICATION: 'optional' }),
  /** Lets in who verified the email. */
  strictlyVerifying: await startServer(accounts.url, { ...mailEnv, EMAIL_VERIFICATION: 'required' }),
  /** Asks both mailboxes about another email. */
  consenting: await startServer(accounts.url, { ...mailEnv, EMAIL_CHANGE: 'both' }),
  /** Closes registration, and sends no mail. */
  closed: await startServer(accounts.url, { REGISTRATION: 'false' }),
  /** Finds no PostgreSQL. */
  away: await startServer('postgres://nobody@127.0.0.1:1/none', {
    ...mailEnv,
    BLACKLIST_AFTER_ROTATION: 'true',
  }),
  /** May not write accounts. */
  following: await startServer(followers.url, mailEnv),
  /** Finds its tables gone. */
  broken: await startServer(ruins.url, { ...mailEnv, BLACKLIST_AFTER_ROTATION: 'true' }),
}

/** What every registration and every change of password asks for. */
const newPassword = 'seven ferries at noon'

const ended = await logIn()
await servers.usual.send(carry(operationOf('logout'), ended))
const people = { inactiveId: accounts.inactiveId, ended }
const live = await logInWithLink()

function operationOf(id: string): DocumentedOperation {
  const found = operations.find(({ operationId }) => operationId === id)
  if (found === undefined) throw new TypeError(`${id} is not documented`)
  return found
}

async function logIn(person = account): Promise<Fields> {
  const { body } = await servers.usual.send(
    carry(operationOf('login'), {
      ...person,
      access: '',
      refresh: '',
      sessionId: '',
      newEmail: '',
      newPassword,
      link: '',
      code: '',
    }),
  )
  if (!isRecord(body)) throw new TypeError('a login answers an object')
  const access = String(body['access'])
  const sessionId = readSessionId(access)
  const newEmail = `${randomUUID()}@example.com`
  return {
    ...person,
    access,
    refresh: String(body['refresh']),
    sessionId,
    newEmail,
    newPassword,
    link: '',
    code: '',
  }
}

/** Logs a new account in that has asked for a reset of its password. */
async function logInWithLink(): Promise<Fields> {
  const fields = await logIn(await accounts.add())
  await servers.usual.send(carry(operationOf('passwordReset'), fields))
  return { ...fields, ...(await accounts.readSecrets(fields.email)) }
}

/** Registers an account that has not verified its email. */
async function registerUnverified(): Promise<Fields> {
  const fields = { ...live, newEmail: `${randomUUID()}@example.com` }
  await servers.verifying.send(carry(operationOf('register'), fields))
  const secrets = await accounts.readSecrets(fields.newEmail)
  return { ...fields, email: fields.newEmail, password: newPassword, ...secrets }
}

/** Logs a new account in that has asked for another email. */
async function logInWithChange(emailOfMail: (fields: Fields) => string): Promise<Fields> {
  const fields = await logIn(await accounts.add())
  await servers.usual.send(carry(operationOf('emailChange'), fields))
  return { ...fields, ...(await accounts.readSecrets(emailOfMail(fields))) }
}

/** What an operation needs whose input is a mailed link. */
const withLink: Record<string, () => Promise<Fields>> = {
  passwordResetConfirm: logInWithLink,
  emailChangeConfirm: () => logInWithChange(({ newEmail }) => newEmail),
  emailVerify: registerUnverified,
  emailVerifyReject: registerUnverified,
  undo: () => logInWithChange(({ email }) => email),
}

async function useLink({ operationId }: DocumentedOperation): Promise<Fields> {
  const fields = (await withLink[operationId]?.()) ?? live
  // What was rejected leaves no link that could say so.
  if (operationId === 'emailVerifyReject') await servers.usual.send(carry(operationOf('emailVerify'), fields))
  await servers.usual.send(carry(operationOf(operationId), fields))
  return fields
}

/** Asks for an email that another account registers before the link is used. */
async function loseEmail(): Promise<Fields> {
  const fields = await logInWithChange(({ newEmail }) => newEmail)
  await servers.usual.send(carry(operationOf('register'), fields))
  return fields
}

function readSessionId(token: string): string {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  if (!isRecord(claims)) throw new TypeError('the claims of a token are an object')
  return String(claims['sid'])
}

/** Sends the request that an example of a refusal belongs to, where it is refused so. */
async function provoke(operation: DocumentedOperation, name: string): Promise<ReceivedAnswer> {
  const good = carry(operation, live)
  const spoiled = spoil[name]?.(good)
  if (spoiled !== undefined) return servers.usual.send(spoiled)
  if (name === 'registration_closed' || name === 'mail_off') return servers.closed.send(good)
  if (name === 'read_only') return servers.following.send(good)
  if (name === 'internal_error') return servers.broken.send(good)
  if (name === 'unavailable') return servers.away.send(good)
  if (name === 'throttled')
    return throttle(carry(operation, { ...live, password: 'wrong', newEmail: account.email }))
  if (name === 'overloaded') return overload(carry(operation, await makeBusy(operation)))
  if (name === 'invalid_credentials' || name === 'wrong_password') {
    return servers.usual.send(carry(operation, { ...live, password: 'wrong' }))
  }
  if (name === 'email_not_verified')
    return servers.strictlyVerifying.send(carry(operation, await registerUnverified()))
  if (name === 'email_unavailable') {
    return servers.usual.send(carry(operation, { ...live, newEmail: account.email }))
  }
  if (name === 'link_invalid') {
    const isCancel = operation.operationId === 'emailChangeCancel'
    const access = isCancel ? '' : live.access
    return servers.usual.send(carry(operation, { ...live, access, link: 'garbage' }))
  }
  if (name === 'link_used') return servers.usual.send(carry(operation, await useLink(operation)))
  if (name === 'email_taken') return servers.usual.send(carry(operation, await loseEmail()))
  if (name === 'same_email') return servers.usual.send(carry(operation, { ...live, newEmail: live.email }))
  const chosen = badPasswords[name]
  if (chosen !== undefined) return servers.usual.send(carry(operation, { ...live, newPassword: chosen }))
  const type = operation.isProtected || operation.operationId === 'verify' ? 'access' : 'refresh'
  const token = findBadToken(name, type, people)
  if (token === undefined) throw new TypeError(`no request is known that is refused with ${name}`)
  const server = name === 'token_blacklisted' ? servers.strict : servers.usual
  return server.send(carry(operation, { ...live, access: token, refresh: token }))
}

/** The first is let through, with any outcome, and the second is not. */
async function throttle(sent: Sent): Promise<ReceivedAnswer> {
  await servers.limited.send(sent)
  return servers.limited.send(sent)
}

/** A wrong login and a new password cost what the busy server's settings say. */
async function makeBusy({ isProtected, operationId }: DocumentedOperation): Promise<Fields> {
  if (operationId === 'passwordResetConfirm') return logInWithLink()
  return isProtected ? logIn(await accounts.add()) : { ...live, email: 'nobody@example.com' }
}

/** Of several at once, one is checked and the others find no place. */
async function overload(sent: Sent): Promise<ReceivedAnswer> {
  const answers = await Promise.all(Array.from({ length: 6 }, () => servers.busy.send(sent)))
  const refused = answers.find(({ status }) => status === 503)
  if (refused === undefined) throw new TypeError('the busy server was not busy')
  return refused
}

const refusals = operations.flatMap((operation) =>
  [...operation.responses]
    .filter(([status]) => status >= 400)
    .flatMap(([status, { content }]) =>
      Object.entries(content?.['application/json']?.examples ?? {}).map(([name, { value }]) => ({
        id: operation.operationId,
        status,
        name,
        value,
        operation,
      })),
    ),
)

test.each(refusals)('$id answers $status word for word as documented: $name', async (refusal) => {
  const answer = await provoke(refusal.operation, refusal.name)
  expect(answer.status).toBe(refusal.status)
  expect(checkAnswer(refusal.operation, answer)).toEqual([])
  const mask = (body: unknown) => {
    if (!isRecord(body)) return body
    const { detail, request_id: requestId } = body
    const isThrottled = refusal.name === 'throttled'
    return {
      ...body,
      ...(requestId === undefined ? {} : { request_id: 'masked' }),
      ...(isThrottled ? { detail: String(detail).replace(/\d+/, 'some') } : {}),
    }
  }
  expect(mask(answer.body)).toEqual(mask(refusal.value))
})

const successes = operations.flatMap((operation) => {
  const types = operation.bodies.map(({ type }) => type)
  return (types.length === 0 ? ['no body'] : types).map((type) => ({
    id: operation.operationId,
    type,
    status: [...operation.responses.keys()].find((status) => status < 300),
    operation,
  }))
})

test.each(successes)('$id answers $status as documented to $type', async ({ operation, type, status }) => {
  const fields = (await withLink[operation.operationId]?.()) ?? (await logIn(await accounts.add()))
  const answer = await servers.usual.send(as(type, carry(operation, fields)))
  expect(answer.status).toBe(status)
  expect(checkAnswer(operation, answer)).toEqual([])
})

test.each(['strictlyVerifying', 'verifying'] as const)(
  'register, login and me answer as documented where emails are verified: %s',
  async (name) => {
    const [register, login, me] = [operationOf('register'), operationOf('login'), operationOf('me')]
    const send = (sent: Sent) => servers[name].send(sent)
    const registered = await send(carry(register, { ...live, newEmail: `${randomUUID()}@example.com` }))
    expect([registered.status, checkAnswer(register, registered)]).toEqual([201, []])
    const person = await accounts.add()
    const loggedIn = await send(carry(login, { ...live, ...person }))
    expect([loggedIn.status, checkAnswer(login, loggedIn)]).toEqual([200, []])
    const access = isRecord(loggedIn.body) ? String(loggedIn.body['access']) : ''
    const user = await send(carry(me, { ...live, access }))
    expect([user.status, checkAnswer(me, user)]).toEqual([200, []])
    expect(user.body).toMatchObject({ email_verified: true })
  },
)

test('both consents to another email are answered as documented', async () => {
  const [change, confirm] = [operationOf('emailChange'), operationOf('emailChangeConfirm')]
  const fields = await logIn(await accounts.add())
  await servers.consenting.send(carry(change, fields))
  const toNew = await accounts.readSecrets(fields.newEmail)
  await servers.consenting.send(carry(change, fields))
  const toOld = await accounts.readSecrets(fields.email)
  const first = await servers.consenting.send(carry(confirm, { ...fields, ...toNew }))
  expect([first.status, first.body]).toEqual([200, { waits_for: 'old_email' }])
  expect(checkAnswer(confirm, first)).toEqual([])
  const { link: token, code } = toOld
  const sent = { ...carry(confirm, fields), body: JSON.stringify({ token, code }) }
  const second = await servers.consenting.send(sent)
  expect([second.status, second.body]).toEqual([200, {}])
  expect(checkAnswer(confirm, second)).toEqual([])
})

function as(type: string, sent: Sent): Sent {
  const body: unknown = typeof sent.body === 'string' ? JSON.parse(sent.body) : {}
  const fields = toFormFields(isRecord(body) ? body : {})
  if (type === 'application/x-www-form-urlencoded') {
    const headers = { ...sent.headers, 'Content-Type': type }
    return { ...sent, headers, body: new URLSearchParams(fields).toString() }
  }
  if (type !== 'multipart/form-data') return sent
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const { 'Content-Type': _type, ...headers } = sent.headers
  return { ...sent, headers, body: form }
}

/** The fields of a form: what is in an object has a dot in its name. */
function toFormFields(body: Record<string, unknown>): [string, string][] {
  return Object.entries(body).flatMap(([name, value]): [string, string][] =>
    isRecord(value)
      ? toFormFields(value).map(([inner, text]) => [`${name}.${inner}`, text])
      : [[name, String(value)]],
  )
}

test('every documented status has an example that a test above provokes', () => {
  const documented = operations.flatMap(({ operationId, responses }) =>
    [...responses.keys()].map((status) => `${operationId} ${status}`),
  )
  const exercised = [
    ...refusals.map(({ id, status }) => `${id} ${status}`),
    ...successes.map(({ id, status }) => `${id} ${status}`),
  ]
  expect(new Set(documented)).toEqual(new Set(exercised))
})

test('every example is valid against its schema', () => {
  for (const { bodies, responses } of operations) {
    for (const { schema, example } of bodies) expect(checkValue(schema, example)).toEqual([])
    for (const { content } of responses.values()) {
      for (const { schema, examples } of Object.values(content ?? {})) {
        for (const { value } of Object.values(examples)) expect(checkValue(schema, value)).toEqual([])
      }
    }
  }
})

test('the document describes every answer recorded from Django', () => {
  const recorded = readCases().flatMap(({ name, request, answer }) => {
    const path = request.path.replace(/\?.*$/, '').replace(/\/?$/, '/')
    const operation = operations.find(
      (documented) => documented.path === path && documented.method === request.method,
    )
    return operation === undefined || answer.body === undefined ? [] : [{ name, operation, answer }]
  })
  expect(recorded.length).toBeGreaterThan(50)
  const problems = recorded.flatMap(({ name, operation, answer: { status, body } }) =>
    checkBody(operation, { status, body: withTokens(body) }).map((problem) => `${name}: ${problem}`),
  )
  expect(problems).toEqual([])
})

/** A recorded body with a text where a token stood. */
function withTokens(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (_, part: unknown) =>
    isRecord(part) && '<jwt>' in part ? 'token' : part,
  )
}

test('an answer that is not as documented is told', () => {
  const login = operationOf('login')
  const headers = new Headers({
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Device-Token': 'e30.e30.c2ln',
  })
  expect(checkAnswer(login, { status: 418, headers, body: {} })).not.toEqual([])
  const example = login.responses.get(200)?.content?.['application/json']?.examples['success']?.value
  const session = isRecord(example) ? example : {}
  expect(checkAnswer(login, { status: 200, headers, body: session })).toEqual([])
  expect(checkAnswer(login, { status: 200, headers, body: { ...session, extra: 1 } })).not.toEqual([])
  expect(checkAnswer(login, { status: 200, headers, body: { ...session, access: 1 } })).not.toEqual([])
  expect(checkAnswer(login, { status: 200, headers: new Headers(), body: session })).not.toEqual([])
  const challenged = new Headers([...headers, ['WWW-Authenticate', 'Basic']])
  expect(checkAnswer(login, { status: 200, headers: challenged, body: session })).not.toEqual([])
  expect(checkAnswer(login, { status: 401, headers: challenged, body: { detail: 'No' } })).not.toEqual([])
})
