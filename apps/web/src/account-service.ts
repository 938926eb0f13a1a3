import { type AuthClient, createAuthClient } from '@pockitflyer/auth-client'
import { getEnvironment } from './environment.ts'
import { findLanguage } from './language/find-language.ts'

/**
 * Longest time that a page or an action waits for an answer of the account service, in
 * milliseconds.
 */
const timeoutMs = 10_000

interface Caller {
  /** The headers of the browser's request. */
  headers: Headers
  accessToken?: string
}

/**
 * Creates the typed client of the account service on behalf of one browser. The service records the
 * browser's `User-Agent` and its address, and answers in the language of the page where it has
 * languages. A call without an answer in 10 seconds fails. Server only: answers hold tokens.
 */
export function createAccountService({ headers, accessToken }: Caller): AuthClient {
  const { apiUrl, languages } = getEnvironment()
  return createAuthClient({
    url: new URL('/api/trpc', apiUrl).href,
    headers: {
      ...pickHeaders(headers, ['user-agent', 'x-forwarded-for']),
      'accept-language': findLanguage(headers, languages),
    },
    timeoutMs,
    ...(accessToken === undefined ? {} : { accessToken }),
  })
}

function pickHeaders(headers: Headers, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}
