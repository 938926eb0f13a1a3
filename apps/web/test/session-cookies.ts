import type { BrowserContext } from '@playwright/test'

/** The session's cookies, as production names them. */
export const cookieNames = { access: '__Host-pf_access', refresh: '__Host-pf_refresh' }

/** The cookie with the user's id, which scripts read. */
export const userCookieName = '__Host-pf_user'

/** What the browser holds of the session. */
export async function readTokens(context: BrowserContext): Promise<{ access?: string; refresh?: string }> {
  const cookies = await context.cookies()
  const valueOf = (name: string) => cookies.find((cookie) => cookie.name === name)?.value
  const access = valueOf(cookieNames.access)
  const refresh = valueOf(cookieNames.refresh)
  return { ...(access !== undefined && { access }), ...(refresh !== undefined && { refresh }) }
}

/** Puts tokens into the browser, as if a login had left them there. */
export async function plantTokens(
  context: BrowserContext,
  url: string,
  tokens: { access?: string; refresh?: string },
): Promise<void> {
  const planted = [
    { name: cookieNames.access, value: tokens.access },
    { name: cookieNames.refresh, value: tokens.refresh },
  ]
  for (const { name, value } of planted) {
    if (value === undefined) continue
    // __Host- cookies are Secure, which Chromium's protocol asks an https address for; localhost
    // gets them all the same.
    const { hostname } = new URL(url)
    await context.addCookies([
      { name, value, domain: hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' },
    ])
  }
}

/** A token that looks like one of ours, without a valid signature. */
export function forgeToken(claims: Record<string, unknown>): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}.${'A'.repeat(43)}`
}

/** Epoch seconds from now. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds
}
