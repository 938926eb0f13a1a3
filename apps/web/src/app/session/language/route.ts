import type { Language } from '@pockitflyer/languages'
import { type NextRequest, NextResponse } from 'next/server'
import { createAccountService } from '../../../account-service.ts'
import { getEnvironment } from '../../../environment.ts'
import { readEntries } from '../../../forms/entries.ts'
import { findOffered } from '../../../language/find-language.ts'
import { writeLanguage } from '../../../language/language-cookie.ts'
import { findPagePath, pageField } from '../../../language/page-path.ts'
import { readSession, type SessionTokens, writeSession } from '../../../session/cookies.ts'
import { isRefreshDue, refreshSession } from '../../../session/refresh-session.ts'

/**
 * Keeps the language that was chosen in the footer, in this browser and for mails to its user, and
 * goes back to the page. It holds for all tabs, so it does not ask whose page the form stood on.
 */
export async function POST(request: NextRequest): Promise<NextResponse> {
  const { isProduction, languages } = getEnvironment()
  const form = await request.formData().catch(() => undefined)
  const { language: chosen, [pageField]: page } = readEntries(form, ['language', pageField])
  const response = new NextResponse(null, {
    status: 303,
    headers: { Location: findPagePath(page) ?? findReferrer(request) ?? '/', 'Cache-Control': 'no-store' },
  })
  const language = findOffered(chosen, languages)
  if (language === undefined) return response
  await tellService(request, response, language)
  writeLanguage(response.cookies, language, isProduction)
  return response
}

/**
 * Returns the page that the browser names. It names none for a mailed link, whose form names it
 * itself.
 */
function findReferrer({ headers }: NextRequest): string | undefined {
  const referrer = headers.get('referer') ?? ''
  if (!URL.canParse(referrer)) return undefined
  const { pathname, search } = new URL(referrer)
  return findPagePath(pathname + search)
}

/** A service that does not answer, or has no languages, keeps no page from its language. */
async function tellService(request: NextRequest, response: NextResponse, language: Language): Promise<void> {
  const { headers } = request
  try {
    const accessToken = await readAccess(request, response)
    if (accessToken === undefined) return
    await createAccountService({ headers, accessToken }).auth.updateLanguage.mutate({ language })
  } catch {
    // The choice of this browser counts for the pages.
  }
}

/** Returns an access token that is not about to expire; `undefined` without a session. */
async function readAccess(request: NextRequest, response: NextResponse): Promise<string | undefined> {
  const { isProduction } = getEnvironment()
  const session: SessionTokens = readSession(request.cookies, isProduction)
  if (!isRefreshDue(session) || session.refresh === undefined) return session.access
  const outcome = await refreshSession(createAccountService({ headers: request.headers }), session.refresh)
  if (outcome.kind !== 'refreshed') return undefined
  writeSession(response.cookies, outcome.tokens, isProduction)
  return outcome.tokens.access
}
