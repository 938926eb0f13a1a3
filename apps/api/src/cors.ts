import { findMethods, trpcPath } from '@pockitflyer/auth/http'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './instrumentation.ts'

/** Lets pages of other origins call the API (the CORS protocol of the Fetch standard). */
export interface Cors {
  middleware: MiddlewareHandler<AppEnv>
  /** The headers of an answer from this path to a page of this origin. */
  headersFor(path: string, origin: string | undefined): Record<string, string>
}

interface CorsSettings {
  /** Origins as browsers write them, for example `https://app.example.com`. */
  corsOrigins: string[]
  /** Whether every port of this machine counts as well. */
  allowsLocalOrigins: boolean
}

/** What our clients send besides what any page may send. */
const requestHeaders = 'authorization, content-type, traceparent, device-token'

/** What a page may read besides what any page may read. */
const responseHeaders = 'Retry-After, RateLimit, RateLimit-Policy, Device-Token'

/** How long a browser may keep the answer to a preflight, in seconds. */
const preflightMaxAge = 600

/** A page that a developer serves: its port is any free one. */
const localOrigin = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

const publicPath = /^\/\.well-known\//

/**
 * Makes CORS without credentials: no cookie goes along. `undefined` where no origin is allowed;
 * then no answer has a header more. Written here because `hono/cors` takes every `OPTIONS` for a
 * preflight, and tells unknown origins what it allows.
 */
export function createCors({ corsOrigins, allowsLocalOrigins }: CorsSettings): Cors | undefined {
  if (corsOrigins.length === 0 && !allowsLocalOrigins) return undefined
  const allowed = new Set(corsOrigins)
  const isAllowed = (origin: string) =>
    allowed.has(origin) || (allowsLocalOrigins && localOrigin.test(origin))

  function headersFor(path: string, origin: string | undefined): Record<string, string> {
    if (publicPath.test(path)) return { 'Access-Control-Allow-Origin': '*' }
    if (origin === undefined || !isAllowed(origin)) return { Vary: 'Origin' }
    return {
      Vary: 'Origin',
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': responseHeaders,
    }
  }

  return {
    headersFor,
    async middleware(c, next) {
      const origin = c.req.header('origin')
      const headers = headersFor(c.req.path, origin)
      const isAsked = origin !== undefined && c.req.header('access-control-request-method') !== undefined
      if (c.req.method === 'OPTIONS' && isAsked) {
        const grant = 'Access-Control-Allow-Origin' in headers ? preflightHeaders(c.req.path) : {}
        return c.body(null, 204, { ...headers, ...grant })
      }
      await next()
      for (const [name, value] of Object.entries(headers)) c.res.headers.append(name, value)
      return undefined
    },
  }
}

function preflightHeaders(path: string): Record<string, string> {
  return {
    'Access-Control-Allow-Methods': methodsOf(path).join(', '),
    'Access-Control-Allow-Headers': requestHeaders,
    'Access-Control-Max-Age': String(preflightMaxAge),
  }
}

/** At a path where nothing is any method may be tried: its page should read the 404. */
function methodsOf(path: string): string[] {
  if (publicPath.test(path)) return ['GET', 'HEAD']
  if (path.startsWith(`${trpcPath}/`)) return ['GET', 'POST']
  return findMethods(path) ?? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
}
