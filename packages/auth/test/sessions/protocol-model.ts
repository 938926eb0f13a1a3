/**
 * What the protocol promises, in a few lines: the rules that the service and its database are held
 * against.
 */
export interface Model {
  isStrict: boolean
  rotates: boolean
  /** Seconds that have passed. */
  now: number
  users: Map<number, { password: string; isActive: boolean }>
  sessions: Map<string, ModelSession>
  /** What a standby has of them, and since when. */
  standby: { at: number; sessions: Map<string, ModelSession> }
}

interface ModelSession {
  userId: number
  generation: number
  /** The newest generation of which a token was presented. */
  delivered: number
  rotatedAt: number
  expiresAt: number
  endsAt: number
  isRevoked: boolean
  /** How often a reuse of one of its tokens was recorded. */
  reuses: number
  /** How often the database was found behind one of its tokens. */
  recoveries: number
}

/** One thing that a client or an operator does. */
export type Move =
  | { kind: 'login'; userId: number; password: string }
  | { kind: 'refresh'; sid: string; generation: number }
  | { kind: 'logout'; sid: string }
  | { kind: 'me'; sid: string; generation: number }
  | { kind: 'setPassword'; userId: number; password: string }
  | { kind: 'setActive'; userId: number; isActive: boolean }

export const day = 86_400
export const graceSeconds = 30
export const lifetimeSeconds = 7 * day
export const maxLifetimeSeconds = 20 * day

/**
 * Makes the move and tells its outcome: `granted` with a generation, `done`, `unchanged`, or the
 * code of the error. A `me` that is skipped leaves its delivery to the next.
 */
export function play(
  model: Model,
  move: Move,
  { newSid, isSkipped }: { newSid: string; isSkipped: boolean },
): string {
  switch (move.kind) {
    case 'login':
      return playLogin(model, move, newSid)
    case 'refresh':
      return playRefresh(model, move)
    case 'logout': {
      const session = sessionOf(model, move.sid)
      if (session.isRevoked) return 'session_ended'
      session.isRevoked = true
      return 'done'
    }
    case 'me': {
      const session = sessionOf(model, move.sid)
      if (!userOf(model, session.userId).isActive) return 'user_inactive'
      if (!isUnended(model, session)) return 'session_ended'
      if (!isSkipped && move.generation >= session.generation) session.delivered = session.generation
      return 'done'
    }
    case 'setPassword':
      userOf(model, move.userId).password = move.password
      revokeAll(model, move.userId)
      return 'done'
    case 'setActive':
      if (userOf(model, move.userId).isActive === move.isActive) return 'unchanged'
      userOf(model, move.userId).isActive = move.isActive
      if (!move.isActive) revokeAll(model, move.userId)
      return 'done'
  }
}

/** A standby copies what is there. */
export function copyToStandby(model: Model): void {
  model.standby = { at: model.now, sessions: structuredClone(model.sessions) }
}

/**
 * The standby takes over: rotations and deliveries since the copy are lost. Logins and revocations
 * had waited for it.
 */
export function fallBack({ sessions, standby }: Model): void {
  for (const [sid, { generation, delivered, rotatedAt, expiresAt }] of standby.sessions) {
    Object.assign(sessions.get(sid) ?? {}, { generation, delivered, rotatedAt, expiresAt })
  }
}

/** Tells whether the session's newest token must be accepted. */
export function isLive(model: Model, session: ModelSession): boolean {
  return !session.isRevoked && model.now < Math.min(session.expiresAt, session.endsAt)
}

/** Tells whether an access token of the session must be accepted in its time. */
function isUnended(model: Model, session: ModelSession): boolean {
  return !session.isRevoked && model.now < session.endsAt
}

export function sessionOf({ sessions }: Model, sid: string): ModelSession {
  const session = sessions.get(sid)
  if (session === undefined) throw new Error(`no session ${sid}`)
  return session
}

function playLogin(
  model: Model,
  { userId, password }: { userId: number; password: string },
  newSid: string,
): string {
  const user = userOf(model, userId)
  if (!user.isActive || user.password !== password) return 'invalid_credentials'
  const { now } = model
  const times = { rotatedAt: now, expiresAt: now + lifetimeSeconds, endsAt: now + maxLifetimeSeconds }
  model.sessions.set(newSid, {
    userId,
    generation: 0,
    delivered: 0,
    isRevoked: false,
    reuses: 0,
    recoveries: 0,
    ...times,
  })
  return 'granted 0'
}

function playRefresh(model: Model, { sid, generation }: { sid: string; generation: number }): string {
  const session = sessionOf(model, sid)
  if (session.isRevoked) return 'session_ended'
  if (generation > session.generation && model.now < session.endsAt) {
    Object.assign(session, { generation, expiresAt: session.endsAt, recoveries: session.recoveries + 1 })
  }
  if (!isLive(model, session)) return 'token_expired'
  const isCurrent = generation === session.generation
  const isRetry =
    generation === session.generation - 1 &&
    (model.now - session.rotatedAt < graceSeconds || session.delivered === generation)
  if (isCurrent) session.delivered = generation
  if (isCurrent && model.rotates) {
    session.generation += 1
    session.rotatedAt = model.now
    session.expiresAt = Math.min(model.now + lifetimeSeconds, session.endsAt)
  }
  if (!isCurrent && !isRetry) {
    session.reuses += 1
    session.isRevoked = model.isStrict
  }
  if (session.isRevoked) return 'session_ended'
  return `granted ${session.generation}`
}

function userOf({ users }: Model, userId: number) {
  const user = users.get(userId)
  if (user === undefined) throw new Error(`no user ${userId}`)
  return user
}

function revokeAll(model: Model, userId: number): void {
  for (const session of model.sessions.values()) {
    if (session.userId === userId && isUnended(model, session)) session.isRevoked = true
  }
}
