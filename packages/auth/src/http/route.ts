import { findEndpoint } from './endpoints.ts'
import { decodePath, restPath } from './rest.ts'
import { procedures } from './procedures.ts'
import { pathOfCall, trpcPath } from './trpc.ts'

/**
 * The pattern of a path that `handleTrpc` or `handleRest` answers, one of few: `/api/users/sessions/{id}`, `/api/trpc/auth.login`,
 * `/api/trpc/{batch}`. `undefined` when there is nothing. What a client wrote into the path is never in it.
 */
export function findRoute(pathname: string): string | undefined {
  if (pathname.startsWith(`${restPath}/`)) return findEndpoint(decodePath(pathname))?.endpoint.path
  if (!pathname.startsWith(`${trpcPath}/`)) return undefined
  const procedure = decodePath(pathOfCall(pathname))
  if (procedure.includes(',')) return `${trpcPath}/{batch}`
  return Object.hasOwn(procedures, procedure) ? `${trpcPath}/${procedure}` : undefined
}
