import { type Exchange, isRecord } from './exchange.ts'

/** Returns whether a request is a login. */
export function isLogin(exchange: Exchange): boolean {
  return isAt(exchange, 'login')
}

/** Returns whether a request is a refresh. */
export function isRefresh(exchange: Exchange): boolean {
  return isAt(exchange, 'token/refresh')
}

/** Returns whether a request is a logout. */
export function isLogout(exchange: Exchange): boolean {
  return isAt(exchange, 'token/blacklist')
}

/** Returns whether a request is about the logged-in user. */
export function isMe(exchange: Exchange): boolean {
  return isAt(exchange, 'me')
}

/** What a login sends, as far as it is text in JSON. */
export function readLogin({ request: { body } }: Exchange): { email?: string; password?: string } {
  const fields = body === undefined ? undefined : readJson(body)
  if (!isRecord(fields)) return {}
  const { email, password } = fields
  return {
    ...(typeof email === 'string' ? { email } : {}),
    ...(typeof password === 'string' ? { password } : {}),
  }
}

/** The facts about a token that was minted for a request. */
export interface KnownToken {
  user_id: unknown
  sub: unknown
  /** The length that it was padded to, in bytes. */
  length: number
  /** Whether one of its times is no number. */
  hasOddTime: boolean
}

/** Returns the facts about a request's minted token. */
export function findToken({ tokens = {} }: Exchange): KnownToken {
  const [spec] = Object.values(tokens)
  if (spec === undefined || !('mint' in spec))
    return { user_id: 1, sub: undefined, length: 0, hasOddTime: false }
  const { mint, length = 0 } = spec
  const times = [mint['exp'], mint['nbf'], mint['iat']]
  return {
    user_id: 'user_id' in mint ? mint['user_id'] : 1,
    sub: mint['sub'],
    length,
    hasOddTime: times.some((time) => time !== undefined && typeof time !== 'number' && !isFromNow(time)),
  }
}

function isFromNow(time: unknown): boolean {
  return isRecord(time) && typeof time['secondsFromNow'] === 'number'
}

function isAt({ request }: Exchange, endpoint: string): boolean {
  return request.path.startsWith(`/api/users/${endpoint}`)
}

function readJson(body: NonNullable<Exchange['request']['body']>): unknown {
  if ('json' in body) return body.json
  try {
    return JSON.parse('text' in body ? body.text : Buffer.from(body.base64, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
}
