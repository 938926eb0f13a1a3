import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Auth } from '../auth.ts'
import type { AuthSettings } from '../settings/settings.ts'
import { mailSettingFields } from '../settings/mails.ts'
import { passwordSettingFields, toPasswordSettings } from '../settings/passwords.ts'
import { userIdSettingFields } from '../settings/user-ids.ts'
import type { Database } from '../db/database.ts'
import { createPasswords } from '../passwords/passwords.ts'

/** The first argument of an operator's use case. An `Auth` is one too. */
export interface Admin extends Pick<Auth, 'db' | 'passwords'> {
  settings: Pick<AuthSettings, 'userIdGap'> & { mails: Pick<AuthSettings['mails'], 'isOn'> }
}

/**
 * The settings of an operator's tool, which signs nothing and needs no key.
 * @example const settings = readSettings(adminSettings, process.env)
 */
export const adminSettings = z
  .object({ ...passwordSettingFields, ...userIdSettingFields, SMTP_URL: mailSettingFields.SMTP_URL })
  .transform((settings) => ({
    passwords: toPasswordSettings(settings, { tokensTakeThreads: false }),
    userIdGap: settings.USER_ID_GAP,
    mails: { isOn: settings.SMTP_URL !== undefined },
  }))

/**
 * Creates the first argument of operators' use cases from settings and a database. Opens nothing
 * and closes nothing.
 * @example
 * const admin = createAdmin(readSettings(adminSettings, process.env), { db: connect({ url }) })
 * const operator = { client: { ip: null, userAgent: 'a script' } }
 * await setActive(admin, operator, { userId: 42, isActive: false })
 */
export function createAdmin(
  settings: z.output<typeof adminSettings>,
  { db }: { db: Kysely<Database> },
): Admin {
  return { db, passwords: createPasswords(settings.passwords), settings }
}
