import { afterAll, beforeAll, beforeEach, vi } from 'vitest'
import { forgetPolicy } from '../src/session/read-policy.ts'
import { playService, type PlayedService, resetService } from '../test/played-service.ts'
import { cookieNames, forgeToken, inSeconds, userCookieName } from '../test/session-cookies.ts'

/**
 * The environment of this file's tests is production's, in front of an account service that the
 * test plays.
 */
export function inProduction(): () => PlayedService {
  let service: PlayedService | undefined
  const get = () => {
    if (service === undefined) throw new TypeError('The service has not started.')
    return service
  }
  beforeAll(async () => {
    service = await playService()
    vi.stubEnv('NODE_ENV', 'production')
    vi.stubEnv('API_URL', service.url)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await service?.stop()
  })
  beforeEach(() => {
    resetService(get())
    forgetPolicy()
  })
  return get
}

/** An access token that lasts, one that is over, and a new pair. */
export const lasting = forgeToken({ exp: inSeconds(86_400), jti: 'lasting' })
export const old = forgeToken({ exp: inSeconds(-5), jti: 'old' })
export const refreshed = {
  access: forgeToken({ exp: inSeconds(3600), jti: 'new access' }),
  refresh: forgeToken({ exp: inSeconds(7200), jti: 'new refresh' }),
}

export const user = { id: 1, email: 'ada@example.com', profile: { display_name: 'Ada', bio: '' } }

/** The headers of a browser that holds these tokens. */
export function holding(tokens: { access?: string; refresh?: string }): Record<string, string> {
  const { access, refresh } = tokens
  const cookies = [
    access === undefined ? [] : `${cookieNames.access}=${access}`,
    refresh === undefined ? [] : `${cookieNames.refresh}=${refresh}`,
  ].flat()
  return { cookie: cookies.join('; '), 'user-agent': 'A browser', 'x-forwarded-for': '203.0.113.9' }
}

/**
 * What a browser keeps after an answer's `Set-Cookie` lines, by name; empty where it is to delete a
 * cookie.
 */
export function readKept(lines: string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      return [name, value]
    }),
  )
}

/** What a browser keeps after a session was written, or was deleted. */
export const keptRefreshed = {
  [cookieNames.access]: refreshed.access,
  [cookieNames.refresh]: refreshed.refresh,
}
export const keptNothing = { [cookieNames.access]: '', [cookieNames.refresh]: '', [userCookieName]: '' }

/** The procedures that were called, in their order. */
export function listCalls({ heard }: PlayedService): string[] {
  return heard.map(({ url }) => /^\/api\/trpc\/([^?]+)/.exec(url)?.[1] ?? url)
}

/** What the procedure that was called last was given. */
export function readInput({ heard }: PlayedService): unknown {
  const body: unknown = JSON.parse(heard.at(-1)?.body ?? '')
  return typeof body === 'object' && body !== null && '0' in body ? body[0] : body
}

/** A form as a browser sends it. */
export function toForm(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}
