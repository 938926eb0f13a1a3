import { findMethods } from '@pockitflyer/auth/http'
import type { BrokenRequest } from '@pockitflyer/server'
import type { Cors } from '../cors.ts'

/**
 * Returns the headers for the answer to an unreadable request: the methods of its path, and CORS.
 */
export function errorHeaders(
  { path, origin }: BrokenRequest,
  cors: Cors | undefined,
): Record<string, string> {
  const methods = path === undefined ? undefined : findMethods(path)
  return {
    ...(methods === undefined ? {} : { Allow: methods.join(', ') }),
    ...cors?.headersFor(path ?? '/', origin),
  }
}
