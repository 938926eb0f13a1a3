import { createHash } from 'node:crypto'
import type { Auth } from '../auth.ts'
import { AuthError } from '../errors.ts'

/**
 * Checks that mail can be sent.
 * @throws {AuthError} mail_off
 */
export function assertMailIsOn({ settings }: Pick<Auth, 'settings'>): void {
  if (!settings.mails.isOn) throw new AuthError('mail_off')
}

/** Hashes the secret of the browser that asks: what is stored does not open a link. */
export function hashBrowserSecret(browser: string | undefined): string | null {
  return browser === undefined ? null : createHash('sha256').update(browser).digest('base64url')
}
