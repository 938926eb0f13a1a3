import type { Environment } from '../environment.ts'

/**
 * Whose a path is: the API's, the flyers service's, or undefined for the web app's own. Without a
 * flyers service its paths are the API's, which has none.
 */
export function findService(
  path: string,
  { apiUrl, flyersUrl }: Pick<Environment, 'apiUrl' | 'flyersUrl'>,
): URL | undefined {
  if (/^\/api\/flyers(?:[/?]|$)/.test(path)) return flyersUrl ?? apiUrl
  return path.startsWith('/api/') || path.startsWith('/.well-known/') ? apiUrl : undefined
}
