import { findDatabaseUrlProblem } from '@pockitflyer/postgres-pool'

/**
 * Checks the URLs of databases under the names of their settings, before a program gets one under
 * another name. An empty one counts as absent.
 * @throws {TypeError} with the name and the fix, without the URL itself
 */
export function requireDatabaseUrls(urls: Record<string, string | undefined>): void {
  for (const [name, url] of Object.entries(urls)) {
    const problem = url ? findDatabaseUrlProblem(url) : undefined
    if (problem !== undefined) throw new TypeError(`${name} ${problem}`)
  }
}
