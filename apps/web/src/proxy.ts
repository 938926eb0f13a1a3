import { type NextRequest, NextResponse } from 'next/server'
import { getEnvironment } from './environment.ts'
import { createContentSecurityPolicy } from './security/content-security-policy.ts'
import { isSameOrigin } from './security/same-origin.ts'
import { renewBeforeRender } from './session/renew-before-render.ts'

/** Runs before every page: refuses what another site sends, renews a session that is about to end, and gives the page its nonce and content policy. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (!isSameOrigin(request)) return refuse()
  const { isProduction } = getEnvironment()
  const policy = createContentSecurityPolicy({ nonce: createNonce(), isProduction })
  request.headers.set('content-security-policy', policy)
  const response = await renewBeforeRender(request)
  response.headers.set('content-security-policy', policy)
  return response
}

function refuse(): NextResponse {
  return new NextResponse(
    'This came from another site, so nothing was done. Open the page itself and try again.\n',
    {
      status: 403,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    },
  )
}

function createNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
}

/** Pages alone. The API's paths are forwarded as they are, assets are the same for everyone, and `session/renew` renews by itself. */
export const config = {
  matcher: ['/((?!api(?:/|$)|\\.well-known(?:/|$)|session/renew$|_next/static|_next/image|icon\\.svg).*)'],
}
