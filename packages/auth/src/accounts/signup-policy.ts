import { passwordMaxBytes, type PublicPolicy } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'

/**
 * Returns what a form needs to know before it asks for a registration or a password. Asks no
 * database.
 */
export function policy({ config }: Pick<Auth, 'config'>): PublicPolicy {
  return {
    registration: config.registration,
    password: { min_length: config.passwords.minLength, max_bytes: passwordMaxBytes },
    password_reset: config.mails.isOn,
  }
}
