import { isTokenRefused } from '@pockitflyer/auth-client'
import { type NextRequest, NextResponse } from 'next/server'
import { keepTokens, service } from './accounts/session'

/** Refreshes before a page is rendered, since a page cannot set cookies. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const refresh = request.cookies.get('refresh')?.value
  const isDue = request.method === 'GET' && !request.cookies.has('access')
  if (refresh === undefined || !isDue) return NextResponse.next()
  try {
    const tokens = await service.auth.refresh.mutate({ refresh })
    request.cookies.set('access', tokens.access) // For the page of this request.
    const response = NextResponse.next({ request })
    keepTokens(response.cookies, tokens)
    return response
  } catch (error) {
    const response = NextResponse.next()
    if (isTokenRefused(error)) response.cookies.delete('refresh')
    return response
  }
}

export const config = { matcher: '/((?!_next/).*)' }
