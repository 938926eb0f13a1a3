import { randomUUID } from 'node:crypto'
import { assertAccountsLead } from '../accounts/assert-accounts-lead.ts'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { findOneTimeToken, renewOrInsertToken } from '../db/one-time-tokens.ts'
import { findRecipient, findUserForUpdate } from '../db/users.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { createMailSecrets } from '../mails/mail-secrets.ts'
import type { Admin } from './admin.ts'

/** What lets its holder choose another password. */
export interface ResetLink {
  /** The parameter `t` of `/reset-password`. */
  link: string
  /** Six digits, which the page asks for. They work for ten minutes. */
  code: string
  expiresAt: Date
}

/**
 * Makes the link and the code that reset a user's password, without a mail: for a person whom the
 * operator knows and can hand them to. `keys` are those of mailed links, the first of which makes
 * them. A link that was mailed and still works is the same. Returns `undefined` for an inactive
 * user, and for a link that went out three times.
 * @throws {AuthError} read_only
 * @example
 * const { link, code } = await makeResetLink(admin, operator, { userId: 42, keys })
 */
export async function makeResetLink(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { userId, keys, lifetimeSeconds }: { userId: number; keys: readonly Buffer[]; lifetimeSeconds: number },
): Promise<ResetLink | undefined> {
  await assertAccountsLead({ db })
  return db.transaction().execute(async (tx) => {
    const user = await findUserForUpdate(tx, userId)
    const recipient = await findRecipient(tx, userId)
    if (!user?.isActive || recipient === undefined) return undefined
    const id = await renewOrInsertToken(tx, {
      userId,
      newId: randomUUID(),
      purpose: 'reset_password',
      email: foldEmail(recipient.email),
      browserHash: null,
      lifetimeSeconds,
      ...client,
    })
    const token = id === undefined ? undefined : await findOneTimeToken(tx, { userId, id })
    if (token === undefined) return undefined
    await insertEvent(tx, { kind: 'password_reset_requested', userId, client })
    const secrets = createMailSecrets(keys)
    return { link: secrets.link(token), code: secrets.code(token), expiresAt: token.expiresAt }
  })
}
