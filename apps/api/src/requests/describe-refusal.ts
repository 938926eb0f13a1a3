import { findMethods } from '@pockitflyer/auth/http'
import type { BrokenRequest } from '@pockitflyer/server'
import type { Cors } from '../cors.ts'

/**
 * What the answer to a request that could not be read tells besides: the methods of its path, and
 * who may read it.
 */
export function describeRefusal(
  { path, origin }: BrokenRequest,
  cors: Cors | undefined,
): Record<string, string> {
  const methods = path === undefined ? undefined : findMethods(path)
  return {
    ...(methods === undefined ? {} : { Allow: methods.join(', ') }),
    ...cors?.headersFor(path ?? '/', origin),
  }
}
