import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { verify as verifyPassword } from '@node-rs/argon2'
import pg from 'pg'
import { parseTrusted } from '../data/json.ts'
import {
  findUserByEmail,
  findUserOfSession,
  type FoundUser,
  insertSession,
  type LiveSession,
  rotateSession,
} from './statements.ts'
import { mintPair, verify } from './tokens.ts'

/**
 * The lowest cost of a login, a refresh and a `me` on Node: node:http, prepared statements, HS256
 * by node:crypto, no validation, no framework, no limits. It gives the service's answers to valid
 * requests, and 401 otherwise.
 */
const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 })

async function login(request: IncomingMessage) {
  const { email, password } = parseTrusted<{ email: string; password: string }>(await readBody(request))
  const found = await pool.query<FoundUser & { passwordHash: string }>({
    ...findUserByEmail,
    values: [email],
  })
  const user = found.rows[0]
  if (user === undefined || !(await verifyPassword(user.passwordHash, password))) return undefined
  const values = [user.id, user.passwordHash, randomUUID(), ...clientOf(request)]
  const { rows } = await pool.query<LiveSession>({ ...insertSession, values })
  return rows[0] && { ...mintPair(rows[0]), user: toUser(user) }
}

async function refresh(request: IncomingMessage) {
  const { refresh } = parseTrusted<{ refresh: string }>(await readBody(request))
  const claims = verify(refresh, 'refresh')
  if (claims === undefined) return undefined
  const values = [claims.sid, claims.user_id, claims.gen, ...clientOf(request)]
  const { rows } = await pool.query<LiveSession>({ ...rotateSession, values })
  if (rows[0] === undefined) return undefined
  const { access, refresh: next } = mintPair(rows[0])
  return { access, refresh: next }
}

async function me({ headers: { authorization = '' } }: IncomingMessage) {
  const claims = verify(authorization.slice('Bearer '.length), 'access')
  if (claims === undefined) return undefined
  const { rows } = await pool.query<FoundUser & { isActive: boolean; hasLiveSession: boolean }>({
    ...findUserOfSession,
    values: [claims.user_id, claims.sid],
  })
  const user = rows[0]
  return user?.isActive && user.hasLiveSession ? toUser(user) : undefined
}

const handlers: Record<string, (request: IncomingMessage) => Promise<object | undefined>> = {
  '/api/users/login/': login,
  '/api/users/token/refresh/': refresh,
  '/api/users/me/': me,
}

function toUser({ id, email, displayName, bio }: FoundUser) {
  return { id, email, profile: { display_name: displayName, bio } }
}

function clientOf({ headers, socket }: IncomingMessage): [string | null, string | null] {
  return [headers['user-agent'] ?? null, socket.remoteAddress ?? null]
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}

const server = createServer(async (request, response) => {
  const answer = await handlers[request.url ?? '']?.(request)
  const body = JSON.stringify(answer ?? {})
  response.writeHead(answer === undefined ? 401 : 200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
})
