import type { Request } from 'autocannon'
import { z } from 'zod'
import { type Credentials, password, userAgent } from '../data/credentials.ts'
import type { Call, Load } from './load.ts'

/** Returns the requests of one connection, which cycles through its own users. */
export function createRequests({ call, credentials, connections }: Load, connection: number): Request[] {
  const own = credentials.filter((_, index) => index % connections === connection)
  let turn = -1
  const next = () => own[(turn += 1) % own.length] ?? nobody
  const current = () => own[turn % own.length] ?? nobody
  return [makers[call](next, current)]
}

const nobody: Credentials = { email: '', access: '', refresh: '' }
const json = { 'Content-Type': 'application/json', 'User-Agent': userAgent }

/** Number of calls in `trpc.me.batch`. */
export const batchSize = 10

const batch = Array.from({ length: batchSize }, () => 'auth.me').join(',')

const pair = z.object({ refresh: z.string() })

type Maker = (next: () => Credentials, current: () => Credentials) => Request

const makers: Record<Call, Maker> = {
  login: (next) => ({
    method: 'POST',
    path: '/api/users/login/',
    headers: json,
    setupRequest: (request) => ({ ...request, body: JSON.stringify({ email: next().email, password }) }),
  }),
  refresh: refreshAt(
    '/api/users/token/refresh/',
    pair.transform(({ refresh }) => refresh),
  ),
  'trpc.refresh': refreshAt(
    '/api/trpc/auth.refresh',
    z.object({ result: z.object({ data: pair }) }).transform(({ result }) => result.data.refresh),
  ),
  me: meAt('/api/users/me/'),
  'trpc.me': meAt('/api/trpc/auth.me'),
  'trpc.me.batch': meAt(`/api/trpc/${batch}?batch=1&input=%7B%7D`),
  healthz: () => ({ method: 'GET', path: '/healthz' }),
}

/** Keeps the token of the answer for this user's next request: every refresh rotates. */
function refreshAt(path: string, answer: z.ZodType<string>): Maker {
  return (next, current) => ({
    method: 'POST',
    path,
    headers: json,
    setupRequest: (request) => ({ ...request, body: JSON.stringify({ refresh: next().refresh }) }),
    onResponse(status, body) {
      if (status === 200) current().refresh = answer.parse(JSON.parse(body))
    },
  })
}

function meAt(path: string): Maker {
  return (next) => ({
    method: 'GET',
    path,
    setupRequest: (request) => ({
      ...request,
      headers: { ...request.headers, Authorization: `Bearer ${next().access}` },
    }),
  })
}
