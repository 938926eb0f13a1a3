import { splitUrl, UrlProblem } from '@pockitflyer/postgres-pool/url'

/**
 * Returns what is wrong with the URL of a Redis, and its fix; `undefined`: nothing. The text
 * follows the name of the setting.
 */
export function findRedisUrlProblem(text: string): string | undefined {
  try {
    const { hosts, path } = splitUrl(text, ['redis', 'rediss'])
    if (hosts.length > 1) return 'names several hosts; name one'
    if (hosts[0]?.host?.startsWith('/')) return 'names a socket; name a host'
    return /^\d*$/.test(path)
      ? undefined
      : 'ends in /name; the databases of Redis are numbers, for example /0'
  } catch (error) {
    if (error instanceof UrlProblem) return error.message
    throw error
  }
}
