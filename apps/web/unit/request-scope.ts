import { workAsyncStorage } from 'next/dist/server/app-render/work-async-storage.external.js'
import { workUnitAsyncStorage } from 'next/dist/server/app-render/work-unit-async-storage.external.js'
import { createRequestStore } from 'next/dist/server/async-storage/request-store.js'
import { createWorkStore } from 'next/dist/server/async-storage/work-store.js'
import { isHTTPAccessFallbackError } from 'next/dist/client/components/http-access-fallback/http-access-fallback.js'
import { getURLFromRedirectError } from 'next/dist/client/components/redirect.js'
import { isRedirectError } from 'next/dist/client/components/redirect-error.js'
import type { ReactNode } from 'react'
import { prerender } from 'react-dom/static'

/** What became of a page or an action. */
export interface Outcome<Result> {
  result: Result | undefined
  /** Where the visitor was sent instead; `not found` where there is no such page. */
  sentTo: string | undefined
  /** The `Set-Cookie` lines of the answer. */
  cookies: string[]
}

/**
 * Calls a server action as Next.js does: `cookies()` and `headers()` are those of a request with
 * these headers.
 */
export function act<Result>(
  headers: Record<string, string>,
  action: () => Promise<Result>,
): Promise<Outcome<Result>> {
  return inRequest('action', headers, action)
}

/** Renders what a page returns to HTML, for a request with these headers. */
export function render(
  headers: Record<string, string>,
  page: () => ReactNode | Promise<ReactNode>,
): Promise<Outcome<string>> {
  return inRequest('render', headers, async () => {
    const { prelude } = await prerender(await page())
    return new Response(prelude).text()
  })
}

async function inRequest<Result>(
  phase: 'action' | 'render',
  headers: Record<string, string>,
  work: () => Promise<Result>,
): Promise<Outcome<Result>> {
  let cookies: string[] = []
  const request = createRequestStore({
    phase,
    headers: new Headers(headers),
    onUpdateCookies: (all) => (cookies = all),
    url: { pathname: '/' },
    rootParams: {},
    implicitTags: { tags: [], expirationsByCacheKind: new Map() },
    resumeDataCache: null,
    previewProps: undefined,
    isHmrRefresh: undefined,
    serverComponentsHmrCache: undefined,
    hmrRefreshHash: undefined,
    stagedFallbackParams: undefined,
  })
  const run = () => workUnitAsyncStorage.run(request, work)
  try {
    return { result: await workAsyncStorage.run(workStore, run), sentTo: undefined, cookies }
  } catch (error) {
    return { result: undefined, sentTo: findTarget(error), cookies }
  }
}

function findTarget(error: unknown): string {
  if (isRedirectError(error)) return getURLFromRedirectError(error)
  if (isHTTPAccessFallbackError(error)) return 'not found'
  throw error
}

const workStore = createWorkStore({
  page: '/',
  renderOpts: {
    cacheLifeProfiles: { default: { stale: 0, revalidate: 0, expire: 0 } },
    staticPageGenerationTimeout: 60,
    cacheComponents: false,
    validationLevel: 'warning',
    experimental: { authInterrupts: false, useCacheTimeout: 60, durableUseCacheEntries: false },
    waitUntil: undefined,
    onClose: () => undefined,
    onAfterTaskError: undefined,
  },
  deploymentId: '',
  buildId: '',
  previouslyRevalidatedTags: [],
})
