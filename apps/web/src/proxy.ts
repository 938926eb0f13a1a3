import { type NextRequest, NextResponse } from 'next/server'
import { getEnvironment } from './environment.ts'
import type { ErrorResponse } from './front/faults.ts'
import { findLanguage } from './language/find-language.ts'
import { pagePathHeader } from './language/page-path.ts'
import { createContentSecurityPolicy } from './security/content-security-policy.ts'
import { findFormFault } from './security/form-body.ts'
import { refreshBeforeRender } from './session/refresh-before-render.ts'

/**
 * Runs before every page: refuses an unreadable form, refreshes a session whose access token is
 * about to expire, and gives the page its nonce, its content policy and its path.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const fault = request.method === 'POST' ? await findFormFault(request) : undefined
  if (fault !== undefined) return respondWithText(fault)
  const { isProduction, languages } = getEnvironment()
  const policy = createContentSecurityPolicy({ nonce: createNonce(), isProduction })
  request.headers.set('content-security-policy', policy)
  const { pathname, search } = request.nextUrl
  request.headers.set(pagePathHeader, pathname + search)
  const response = await refreshBeforeRender(request)
  response.headers.set('content-security-policy', policy)
  response.headers.set('content-language', findLanguage(request.headers, languages))
  response.headers.append('vary', 'Accept-Language, Cookie')
  return response
}

function respondWithText({ status, text }: ErrorResponse): NextResponse {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  return new NextResponse(text, { status, headers })
}

function createNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
}

/**
 * Matches pages only. Assets are the same for everyone, and the routes of `session/` handle cookies
 * themselves.
 */
export const config = {
  matcher: [
    '/((?!session/(?:renew|end|language)$|_next/static/|(?:icon\\.svg|(?:apple-icon|icon-192|icon-512)\\.png|manifest\\.webmanifest)$).*)',
  ],
}
