import { passwordMaxBytes, type PublicPolicy } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'

/**
 * Returns what a form needs to know before it asks for a registration or a password. Asks no
 * database.
 */
export function policy({ settings }: Pick<Auth, 'settings'>): PublicPolicy {
  return {
    registration: settings.registration,
    password: { min_length: settings.passwords.minLength, max_bytes: passwordMaxBytes },
    password_reset: settings.mails.isOn,
    email_verification: settings.mails.verification,
  }
}
