import { type RawBuilder, sql, type Transaction } from 'kysely'
import { tableSql } from '../source/catalog.ts'
import type { SourceSchema } from '../source/schema.ts'

/**
 * Tells django-allauth which emails are verified. A verified email that it does not know is added
 * as the primary one, in lower case as it stores them.
 */
export async function upsertVerifiedEmails(
  tx: Transaction<unknown>,
  { emailAddresses }: SourceSchema,
  given: RawBuilder<unknown>,
): Promise<void> {
  if (emailAddresses === undefined) return
  const table = tableSql(emailAddresses)
  const isTheirs = sql`a.user_id = g.id and lower(a.email) = lower(g.email)`
  await sql`
    update ${table} as a set "primary" = false from ${given}
    where a.user_id = g.id and a."primary" and g."isEmailVerified" and lower(a.email) <> lower(g.email)`.execute(
    tx,
  )
  await sql`
    update ${table} as a set verified = g."isEmailVerified", "primary" = a."primary" or g."isEmailVerified" from ${given}
    where ${isTheirs} and a.verified <> g."isEmailVerified"`.execute(tx)
  await sql`
    insert into ${table} (user_id, email, verified, "primary")
    select g.id, lower(g.email), true, true from ${given}
    where g."isEmailVerified" and g.email <> '' and not exists (select from ${table} as a where ${isTheirs})`.execute(
    tx,
  )
}
