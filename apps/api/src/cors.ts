import { findMethods, trpcPath } from '@pockitflyer/auth/http'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './instrumentation.ts'

/** Lets pages of other origins call the API (the CORS protocol of the Fetch standard). */
export interface Cors {
  middleware: MiddlewareHandler<AppEnv>
  /** Returns the headers of an answer from this path to a page of this origin. */
  headersFor(path: string, origin: string | undefined): Record<string, string>
}

interface CorsSettings {
  /** Origins as browsers write them, for example `https://app.example.com`. */
  corsOrigins: string[]
  /** Whether every port of this machine is allowed as well. */
  allowsLocalOrigins: boolean
}

/** The request headers of our clients beyond those that any page may send. */
const requestHeaders = 'authorization, content-type, traceparent, device-token'

/** The response headers that a page may read beyond those that any page may read. */
const responseHeaders = 'Retry-After, RateLimit, RateLimit-Policy, Device-Token'

/** Time that a browser may cache the answer to a preflight, in seconds. */
const preflightMaxAge = 600

/** The origin of a page that a developer serves on any port. */
const localOrigin = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

const publicPath = /^\/\.well-known\//

/**
 * Creates CORS without credentials: no cookie is sent. `undefined` where no origin is allowed; then
 * no answer has an additional header. It replaces `hono/cors`, which takes every `OPTIONS` for a
 * preflight and tells unknown origins what it allows.
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

/**
 * Returns the methods of a path. For an unknown path it allows any, so that a page can read the
 * 404.
 */
function methodsOf(path: string): string[] {
  if (publicPath.test(path)) return ['GET', 'HEAD']
  if (path.startsWith(`${trpcPath}/`)) return ['GET', 'POST']
  return findMethods(path) ?? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
}
