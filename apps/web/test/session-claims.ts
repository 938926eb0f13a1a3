import type { BrowserContext } from '@playwright/test'
import { readTokens } from './session-cookies.ts'

/** The id of the session that a browser holds. */
export async function readSessionId(context: BrowserContext): Promise<string> {
  const { access = '' } = await readTokens(context)
  const claims: unknown = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString())
  if (typeof claims === 'object' && claims !== null && 'sid' in claims) return String(claims.sid)
  throw new TypeError('The access token names no session.')
}
