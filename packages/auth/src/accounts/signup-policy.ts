import { passwordMaxBytes, type PublicPolicy } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'

/**
 * What a form must know before it asks somebody to register or to choose a password. It asks no
 * database.
 */
export function policy({ config }: Pick<Auth, 'config'>): PublicPolicy {
  return {
    registration: config.registration,
    password: { min_length: config.passwords.minLength, max_bytes: passwordMaxBytes },
  }
}
