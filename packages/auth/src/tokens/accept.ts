import type { Refused } from '@pockitflyer/auth-protocol/claims'
import { AuthError } from '../errors.ts'

/**
 * Returns what was read, unless it was refused.
 * @throws {AuthError} the code that it was refused with
 */
export function accept<Read extends object>(read: Read | Refused): Read {
  if ('refused' in read) throw new AuthError(read.refused)
  return read
}
