import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { setActive } from '../../src/admin/set-active.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { type Auth, createAuth } from '../../src/auth.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { AuthError } from '../../src/errors.ts'
import type { Passwords } from '../../src/passwords/passwords.ts'
import { login } from '../../src/sessions/login.ts'
import { logout } from '../../src/sessions/logout.ts'
import { me } from '../../src/sessions/me.ts'
import { refresh } from '../../src/sessions/refresh.ts'
import { addAccountWithHash, age, openDatabase, sessionsOf } from '../support/harness.ts'
import { readJwt, secretKey } from '../support/jwt.ts'
import {
  copyToStandby,
  day,
  fallBack,
  graceSeconds,
  isLive,
  lifetimeSeconds,
  maxLifetimeSeconds,
  type Model,
  type Move,
  play,
  sessionOf,
} from './protocol-model.ts'
import { times } from '../support/times.ts'

const { db } = await openDatabase()
const caller = { client: { ip: null, userAgent: null } }

/** Salted, as a hash is, and free: what is tried here is the protocol. */
const passwords: Passwords = {
  hash: async (password) => `${password}.${randomUUID()}`,
  verify: async (hash, password) => hash?.startsWith(`${password}.`) ?? false,
  findProblems: async () => [],
  isOutdated: () => false,
  load: () => ({ running: 0, waiting: 0 }),
}

/** A pair that was issued: to whom, in which session, and the generation of its refresh token. */
interface Issued {
  userId: number
  sid: string
  generation: number
  refresh: string
  access: string
}

interface Real {
  auth: Auth
  users: { id: number; email: string }[]
  issued: Issued[]
  /**
   * The sessions that an answer said were over, and those that a password change or a deactivation
   * ended.
   */
  ended: Set<string>
  /** Refresh tokens by session, generation and time: a replay gets the same bytes. */
  bytes: Map<string, string>
  /** The rows of sessions as a standby has them, and how often it took over. */
  standby: Awaited<ReturnType<typeof sessionsOf>>
  takeovers: number
  requests: number
  races: number
}

type Drawn =
  | { kind: 'login' | 'setPassword'; user: number; password: string }
  | { kind: 'setActive'; user: number; isActive: boolean }
  | { kind: 'refresh' | 'logout' | 'me'; pick: number }

type Act = { move: Move; used: Issued | undefined }

type Answer = { outcome: string; issued: Issued | undefined }

const user = fc.nat(1)
const password = fc.constantFrom('one', 'another')
/** Counted from the newest: mostly a fresh token, sometimes any that was ever issued. */
const pick = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 2, arbitrary: fc.nat() })

const drawn: fc.Arbitrary<Drawn> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('refresh' as const), pick }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('login' as const), user, password }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('me' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('logout' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('setPassword' as const), user, password }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('setActive' as const), user, isActive: fc.boolean() }),
  },
)

/** At most one password change at once: a login that two of them overtake is refused, by design. */
const together = fc
  .oneof(
    { weight: 3, arbitrary: fc.array(drawn, { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.array(drawn, { minLength: 2, maxLength: 4 }) },
  )
  .filter((moves) => moves.filter(({ kind }) => kind === 'setPassword').length <= 1)

type Command = fc.AsyncCommand<Model, Real>

/**
 * Requests that are sent at once. Some order of them must explain every answer and what the
 * database holds after.
 */
function actTogether(moves: Drawn[]): Command {
  return {
    toString: () => JSON.stringify(moves),
    check: ({ sessions }) => sessions.size > 0 || moves.every((move) => !('pick' in move)),
    async run(model, real) {
      real.requests += moves.length
      if (moves.length > 1) real.races += 1
      const live = [...model.sessions].filter(([, session]) => isLive(model, session))
      const known = live.map(([sid, { userId }]) => ({ sid, userId }))
      const acts = moves.map((move) => resolve(real, move))
      const answers = await Promise.all(acts.map((act) => answer(real, act)))
      note(real, { now: model.now, known }, acts, answers)
      const after = await explain(model, acts, answers)
      Object.assign(model, after)
    },
  }
}

/**
 * Lets time pass for every session. Tokens stay in their time: their `exp` follows the clock of the
 * machine.
 */
function pass(seconds: number): Command {
  return {
    toString: () => `${seconds} seconds pass`,
    check: () => true,
    async run(model, { users }) {
      for (const { id } of users) await age(db, id, `${seconds} seconds`)
      model.now += seconds
    },
  }
}

/** A standby copies the sessions of the users. */
const copy: Command = {
  toString: () => 'the standby copies',
  check: () => true,
  async run(model, real) {
    real.standby = (await Promise.all(real.users.map(({ id }) => sessionsOf(db, id)))).flat()
    copyToStandby(model)
  },
}

/** The database falls back to what the standby has of rotations; time went on since. */
const takeOver: Command = {
  toString: () => 'the standby takes over',
  check: () => true,
  async run(model, real) {
    const since = (time: Date) => new Date(time.getTime() - (model.now - model.standby.at) * 1000)
    for (const { id, generation, delivered_generation, rotated_at, issued_at, expires_at } of real.standby) {
      const times = {
        rotated_at: since(rotated_at),
        issued_at: issued_at && since(issued_at),
        expires_at: since(expires_at),
      }
      await db
        .updateTable('sessions')
        .set({ generation, delivered_generation, ...times })
        .where('id', '=', id)
        .execute()
    }
    fallBack(model)
    real.takeovers += 1
  },
}

function resolve({ users, issued }: Real, move: Drawn): Act {
  if ('pick' in move) {
    const used = issued.at(-1 - (move.pick % issued.length))
    if (used === undefined) throw new Error('nothing was issued')
    const { sid, generation } = used
    return { used, move: { kind: move.kind, sid, generation } }
  }
  const userId = users[move.user]?.id ?? 0
  return move.kind === 'setActive'
    ? { used: undefined, move: { kind: move.kind, userId, isActive: move.isActive } }
    : { used: undefined, move: { kind: move.kind, userId, password: move.password } }
}

async function answer(real: Real, act: Act): Promise<Answer> {
  try {
    return await perform(real, act)
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return { outcome: error.code, issued: undefined }
  }
}

async function perform({ auth, users }: Real, { move, used }: Act): Promise<Answer> {
  const done = { outcome: 'done', issued: undefined }
  switch (move.kind) {
    case 'login': {
      const email = users.find(({ id }) => id === move.userId)?.email ?? ''
      return granted(await login(auth, caller, { email, password: move.password }))
    }
    case 'refresh': {
      const presented = used?.refresh ?? ''
      const { access, refresh: next = presented } = await refresh(auth, caller, { refresh: presented })
      return granted({ access, refresh: next })
    }
    case 'logout':
      await logout(auth, caller, { refresh: used?.refresh ?? '' })
      return done
    case 'me': {
      const seen = await me(auth, {
        ...caller,
        claims: await auth.tokens.verify(used?.access ?? '', 'access'),
      })
      expect(seen.id).toBe(used?.userId)
      return done
    }
    case 'setPassword':
      await setPassword(auth, caller, move)
      return done
    case 'setActive':
      return { ...done, outcome: (await setActive(auth, caller, move)) ? 'done' : 'unchanged' }
  }
}

function granted(pair: { refresh: string; access: string }): Answer {
  const { user_id: userId, sid, gen } = readJwt(pair.refresh).claims
  expect(readJwt(pair.access).claims).toMatchObject({ user_id: userId, sid, gen })
  const issued = { ...pair, userId: Number(userId), sid: String(sid), generation: Number(gen) }
  return { outcome: `granted ${issued.generation}`, issued }
}

/**
 * Holds what needs no model against the answers, and remembers which sessions are over and what was
 * issued.
 */
function note(
  real: Real,
  { now, known }: { now: number; known: { sid: string; userId: number }[] },
  acts: Act[],
  answers: Answer[],
): void {
  const endedBefore = new Set(real.ended)
  for (const [index, { move, used }] of acts.entries()) {
    const { outcome, issued } = answers[index] ?? { outcome: 'none', issued: undefined }
    if (used !== undefined && endedBefore.has(used.sid))
      expect(outcome).toMatch(/^(session_ended|user_inactive)$/)
    if (issued !== undefined && used !== undefined) expect(issued).toMatchObject(ownerOf(used))
    if (issued !== undefined && 'userId' in move) expect(issued.userId).toBe(move.userId)
    if (issued !== undefined) {
      const at = `${issued.sid}.${issued.generation}.${now}.${real.takeovers}`
      expect(issued.refresh).toBe(real.bytes.get(at) ?? issued.refresh)
      real.bytes.set(at, issued.refresh)
      real.issued.push(issued)
    }
    const wasEnded = move.kind === 'logout' || (move.kind === 'refresh' && outcome === 'session_ended')
    if (used !== undefined && wasEnded) real.ended.add(used.sid)
    if (move.kind === 'setPassword' || (move.kind === 'setActive' && !move.isActive)) {
      for (const { sid, userId } of known) if (userId === move.userId) real.ended.add(sid)
    }
  }
}

const ownerOf = ({ userId, sid }: Issued) => ({ userId, sid })

/** The model after an order of the acts that explains the answers and the rows. */
async function explain(model: Model, acts: Act[], answers: Answer[]): Promise<Model> {
  const rows = await storedState([...model.users.keys()])
  const outcomes = answers.map(({ outcome }) => outcome)
  const expected: { outcomes: string[]; rows: string[] }[] = []
  for (const { order, skipped } of explanations(acts)) {
    const after = structuredClone(model)
    const predicted = outcomes.map(() => '')
    for (const index of order) {
      const act = acts[index]
      const newSid = answers[index]?.issued?.sid ?? 'a session that was not granted'
      const isSkipped = skipped.includes(index)
      if (act !== undefined) predicted[index] = play(after, act.move, { newSid, isSkipped })
    }
    const state = modelState(after)
    if (isEqual(predicted, outcomes) && isEqual(state, rows)) return after
    expected.push({ outcomes: predicted, rows: state })
  }
  expect(expected, 'no order of these requests explains the answers').toContainEqual({ outcomes, rows })
  return model
}

/**
 * Each order of the acts; and those in which a `me` found its session locked by another act, and
 * left its delivery to the next.
 */
function explanations(acts: Act[]): { order: number[]; skipped: number[] }[] {
  const orders = permutations([...acts.keys()])
  const mes = [...acts.keys()].filter((index) => acts[index]?.move.kind === 'me')
  const skips = acts.length === 1 ? [[]] : subsets(mes)
  return skips.flatMap((skipped) => orders.map((order) => ({ order, skipped })))
}

const subsets = (items: number[]) =>
  items.reduce<number[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])

const isEqual = (one: string[], other: string[]) => one.join('\n') === other.join('\n')

function modelState({ users, sessions }: Model): string[] {
  return [
    ...[...users].map(([id, { isActive }]) => describeUser({ id, isActive })),
    ...[...sessions].map(([sid, session]) => describeSession({ sid, ...session })),
  ].toSorted()
}

async function storedState(userIds: number[]): Promise<string[]> {
  const [users, sessions] = await Promise.all([
    db.selectFrom('users').select(['id', 'is_active as isActive']).where('id', 'in', userIds).execute(),
    db
      .selectFrom('sessions as s')
      .leftJoin('auth_events as e', (join) =>
        join
          .onRef('e.session_id', '=', 's.id')
          .onRef('e.user_id', '=', 's.user_id')
          .on('e.kind', 'in', ['refresh_reused', 'session_recovered']),
      )
      .select(['s.id as sid', 's.generation', 's.delivered_generation as delivered', 's.revoked_at'])
      .select(sql<number>`count(*) filter (where e.kind = 'refresh_reused')`.as('reuses'))
      .select(sql<number>`count(*) filter (where e.kind = 'session_recovered')`.as('recoveries'))
      .where('s.user_id', 'in', userIds)
      .groupBy(['s.user_id', 's.id'])
      .execute(),
  ])
  return [
    ...users.map(describeUser),
    ...sessions.map((row) => describeSession({ ...row, isRevoked: row.revoked_at !== null })),
  ].toSorted()
}

function describeUser({ id, isActive }: { id: number; isActive: boolean }): string {
  return `user ${id} ${isActive ? 'active' : 'not active'}`
}

function describeSession(session: {
  sid: string
  generation: number
  delivered: number | null
  isRevoked: boolean
  reuses: number
  recoveries: number
}): string {
  const { sid, generation, delivered, isRevoked, reuses, recoveries } = session
  const arrival = delivered === generation - 1 ? 'on its way' : 'delivered'
  return `session ${sid} generation ${generation} ${arrival}, ${isRevoked ? 'revoked' : 'not revoked'}, ${reuses > 0 ? 'reused' : 'not reused'}, recovered ${recoveries} times`
}

function permutations(items: number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}

/**
 * After all: no token of an ended session works, and the newest token of every other live one does.
 */
async function sweep(model: Model, real: Real): Promise<void> {
  for (const used of real.issued.filter(({ sid }) => real.ended.has(sid))) {
    const { sid, generation } = used
    for (const kind of ['refresh', 'me', 'logout'] as const) {
      const { outcome } = await answer(real, { used, move: { kind, sid, generation } })
      expect(['session_ended', 'user_inactive']).toContain(outcome)
    }
  }
  const newest = new Map(
    real.issued
      .toSorted((one, other) => one.generation - other.generation)
      .map((issued) => [issued.sid, issued]),
  )
  for (const [sid, used] of newest) {
    if (real.ended.has(sid) || !isLive(model, sessionOf(model, sid))) continue
    const { outcome } = await answer(real, {
      used,
      move: { kind: 'refresh', sid, generation: used.generation },
    })
    expect(outcome).toBe(`granted ${used.generation + (model.rotates ? 1 : 0)}`)
  }
}

/** Tries what a failure printed again. */
const seed = process.env['PROTOCOL_SEED']

test.for([
  { isStrict: false, rotates: true, usualRuns: 16 },
  { isStrict: true, rotates: true, usualRuns: 18 },
  { isStrict: false, rotates: false, usualRuns: 6 },
  { isStrict: true, rotates: false, usualRuns: 6 },
])(
  "any interleaving grants live sessions' newest tokens alone (strict: $isStrict, rotates: $rotates)",
  async ({ isStrict, rotates, usualRuns }, { annotate }) => {
    const tried = { runs: 0, requests: 0, races: 0 }
    const auth = await createAuth(
      readAuthSettings({
        SECRET_KEY: secretKey,
        RATE_LIMITS: 'off',
        BLACKLIST_AFTER_ROTATION: String(isStrict),
        ROTATE_REFRESH_TOKENS: String(rotates),
        REFRESH_REUSE_GRACE: `${graceSeconds}s`,
        REFRESH_TOKEN_LIFETIME: `${lifetimeSeconds}s`,
        SESSION_MAX_LIFETIME: `${maxLifetimeSeconds}s`,
      }),
      { db },
    )
    const commands = fc.commands(
      [
        together.map(actTogether),
        fc.constantFrom(20, 40, day, 3 * day, 7 * day).map(pass),
        fc.constantFrom(copy, takeOver),
      ],
      { maxCommands: 40, size: 'max' },
    )
    const property = fc.asyncProperty(commands, async (drawnCommands) => {
      const users = await Promise.all(
        [1, 2].map(async () => addAccountWithHash(db, await passwords.hash('one'))),
      )
      const real: Real = {
        auth: { ...auth, passwords },
        users,
        issued: [],
        ended: new Set(),
        bytes: new Map(),
        standby: [],
        takeovers: 0,
        requests: 0,
        races: 0,
      }
      const model: Model = {
        isStrict,
        rotates,
        now: 0,
        users: new Map(users.map(({ id }) => [id, { password: 'one', isActive: true }])),
        sessions: new Map(),
        standby: { at: 0, sessions: new Map() },
      }
      const first: Drawn[] = [
        { kind: 'login', user: 0, password: 'one' },
        { kind: 'login', user: 1, password: 'one' },
      ]
      await actTogether(first).run(model, real)
      await fc.asyncModelRun(() => ({ model, real }), drawnCommands)
      await sweep(model, real)
      tried.runs += 1
      tried.requests += real.requests
      tried.races += real.races
    })
    const numRuns = usualRuns * times
    await fc.assert(property, { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) })
    await annotate(`${tried.runs} interleavings, ${tried.requests} requests, ${tried.races} races`)
  },
)
