import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { loginPath } from './paths.ts'

/**
 * Redirects to the page after a login. Without JavaScript that is the login itself: it sends a
 * visitor on whose browser has kept the cookies, and tells another. In a page with scripts,
 * `WatchSession` notices.
 */
export async function goOnLoggedIn(path: string): Promise<never> {
  const hasScripts = (await headers()).has('next-action')
  return redirect(hasScripts ? path : loginPath(path, 'not-kept'))
}
