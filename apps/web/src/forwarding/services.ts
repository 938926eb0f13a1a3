import type { Environment } from '../environment.ts'

/**
 * Returns the service that a path belongs to: the API, the flyers service, or undefined for the web
 * app, which leads password managers to its form. Without a flyers service its paths go to the API,
 * which answers 404.
 */
export function findService(
  path: string,
  { apiUrl, flyersUrl }: Pick<Environment, 'apiUrl' | 'flyersUrl'>,
): URL | undefined {
  if (/^\/api\/flyers(?:[/?]|$)/.test(path)) return flyersUrl ?? apiUrl
  if (/^\/\.well-known\/change-password(?:\?|$)/.test(path)) return undefined
  return path.startsWith('/api/') || path.startsWith('/.well-known/') ? apiUrl : undefined
}
