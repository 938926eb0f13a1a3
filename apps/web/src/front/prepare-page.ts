import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { toJar } from '../cookies/cookie-jar.ts'
import type { Environment } from '../environment.ts'
import { forgetFlash } from '../forms/flash.ts'
import { findLanguage } from '../language/find-language.ts'
import { pagePathHeader } from '../language/page-path.ts'
import { createContentSecurityPolicy } from '../security/content-security-policy.ts'
import { needsProxy, runProxyHeader } from './run-proxy-header.ts'

/** Returns whether a file answers, which is the same for everyone. */
export function isAsset(url: string): boolean {
  return /^\/(?:_next\/static\/|(?:icon\.svg|(?:apple-icon|icon-192|icon-512)\.png|manifest\.webmanifest)(?:\?|$))/.test(
    url,
  )
}

/**
 * Gives a page its nonce, its content policy, its language and its path, and marks what `proxy.ts`
 * handles. No cache keeps a page (`no-store`), so it needs no `Vary`.
 */
export function preparePage(
  request: IncomingMessage,
  response: ServerResponse,
  { isProduction, languages }: Pick<Environment, 'isProduction' | 'languages'>,
): void {
  const { headers } = request
  const nonce = randomBytes(16).toString('base64')
  const policy = createContentSecurityPolicy({ nonce, isProduction })
  headers['content-security-policy'] = policy
  const page = findPage(request.url ?? '/')
  headers[pagePathHeader] = page
  const cookies = toJar(headers.cookie)
  if (needsProxy(request, cookies, isProduction)) headers[runProxyHeader] = '1'
  const forgotten = forgetFlash({ method: request.method, page }, cookies, isProduction)
  if (forgotten !== undefined) response.setHeader('Set-Cookie', forgotten)
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('Content-Language', findLanguage({ get: (name) => headers[name] }, languages))
}

/** Returns a target's path and query, without the parameter that the router of Next.js adds. */
function findPage(target: string): string {
  const { pathname, search, searchParams } = new URL(target, 'http://this.site')
  if (!searchParams.has('_rsc')) return pathname + search
  searchParams.delete('_rsc')
  const rest = searchParams.toString()
  return rest === '' ? pathname : `${pathname}?${rest}`
}
