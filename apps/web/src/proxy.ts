import { type NextRequest, NextResponse } from 'next/server'
import { getEnvironment } from './environment.ts'
import type { ErrorResponse } from './front/faults.ts'
import { sayFault } from './front/say-fault.ts'
import { findFormFault } from './security/form-body.ts'
import { refreshBeforeRender } from './session/refresh-before-render.ts'

/**
 * Runs before a page that the listener in `front/` marked: refuses an unreadable form, and
 * refreshes a session whose access token is about to expire.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const fault = request.method === 'POST' ? await findFormFault(request) : undefined
  return fault === undefined ? refreshBeforeRender(request) : respondWithText(fault, request.headers)
}

function respondWithText(fault: ErrorResponse, asked: Headers): NextResponse {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  const text = sayFault(fault, asked, getEnvironment().languages)
  return new NextResponse(text, { status: fault.status, headers })
}

/**
 * Matches what the listener marked. Next.js reads this without running it: the header's name stands
 * here once more.
 */
export const config = { matcher: [{ source: '/:path*', has: [{ type: 'header', key: 'x-run-proxy' }] }] }
