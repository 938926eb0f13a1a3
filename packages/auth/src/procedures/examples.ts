import { createHash } from 'node:crypto'
import { type Profile, type Session, type SessionEntry, type User } from '@pockitflyer/auth-protocol/schemas'

const profile: Profile = { display_name: 'Ada', bio: 'Posts flyers for the neighbourhood.' }

const user: User = { id: 42, email: 'ada@example.com', profile }

/** The second at which the tokens of the examples were made: 2026-01-01T12:00:00Z. */
const issuedAt = 1767268800
const day = 86400

const owner = { user_id: user.id, email: user.email, sid: '3b241101-e2bb-4255-8caf-4136c566a962' }

const access = exampleToken('access', { exp: issuedAt + day, ...owner })
const refresh = exampleToken('refresh', { exp: issuedAt + 7 * day, ...owner, gen: 0 })
const nextAccess = exampleToken('access', { exp: issuedAt + 2 * day, ...owner })
const nextRefresh = exampleToken('refresh', { exp: issuedAt + 8 * day, ...owner, gen: 1 })

/** A token in the form of ours, with a signature that no key made. */
function exampleToken(type: 'access' | 'refresh', { exp, ...claims }: { exp: number; gen?: number }): string {
  const lifetime = type === 'access' ? day : 7 * day
  const jti = createHash('md5').update(`${type}${exp}`).digest('hex')
  const parts = [
    { alg: 'HS256', typ: 'JWT' },
    { token_type: type, exp, iat: exp - lifetime, jti, ...claims },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const signature = createHash('sha256').update(parts.join('.')).digest('base64url')
  return [...parts, signature].join('.')
}

const password = 'correct horse battery staple'

const sessionEntry: SessionEntry = {
  id: owner.sid,
  device: { browser: 'Firefox', os: 'Android', type: 'mobile' },
  ip: '203.0.113.7',
  created_at: '2026-01-01T12:00:00.000Z',
  last_used_at: '2026-01-02T12:00:00.000Z',
  reused_at: null,
  is_current: true,
}

/** What the examples of the document send and get. */
export const examples = {
  user,
  registration: { email: user.email, password, display_name: profile.display_name },
  registeredSession: {
    refresh,
    access,
    user: { ...user, profile: { ...profile, bio: '' } },
  } satisfies Session,
  credentials: { email: user.email, password },
  profileUpdate: { profile: { bio: profile.bio } },
  profileForm: { 'profile.bio': profile.bio },
  passwords: { current_password: password, new_password: 'seven ferries at noon' },
  /** The parameter `t` of a mailed link. */
  mailedToken: `16.${'a'.repeat(22)}.${'b'.repeat(27)}`,
  refreshToken: { refresh },
  nextRefreshToken: { refresh: nextRefresh },
  token: { token: access },
  session: { refresh, access, user } satisfies Session,
  tokenPair: { access: nextAccess, refresh: nextRefresh },
  sessionList: [sessionEntry] as const,
  empty: {},
  requestId: '9f8c1d6e-3f0a-4b57-9a55-0c6f3f0f7c11',
}
