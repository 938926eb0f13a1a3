import { sql } from 'kysely'
import { exportSetting } from '../follow/install-feed.ts'
import type { SourceDatabase } from '../source/connect-source.ts'
import type { SourceSchema } from '../source/schema.ts'
import { deleteUsers } from './delete-users.ts'
import { upsertUsers } from './upsert-users.ts'

/** A user of Django for the time of a check. An import or a comparison reads no negative id. */
export const probeUser = { id: -1, email: 'probe@pockitflyer.invalid' }

/** Runs work while Django has the probe with this hash, and removes it. */
export async function withProbeUser<Result>(
  db: SourceDatabase,
  schema: SourceSchema,
  { passwordHash, run }: { passwordHash: string; run: () => Promise<Result> },
): Promise<Result> {
  await replaceProbe(db, schema, passwordHash)
  return run().finally(() => replaceProbe(db, schema))
}

/** A check that was killed may have left one. */
async function replaceProbe(db: SourceDatabase, schema: SourceSchema, passwordHash?: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config(${exportSetting}, 'on', true)`.execute(tx)
    await sql`set constraints all immediate`.execute(tx)
    await deleteUsers(tx, schema, [probeUser.id])
    if (passwordHash === undefined) return
    const [joinedAt, lastLoginAt] = [new Date().toISOString(), null]
    const flags = { isActive: true, roles: [], isEmailVerified: true, isKnown: false }
    const texts = { displayName: 'Anonymous User', bio: '' }
    await upsertUsers(tx, schema, [{ ...probeUser, ...flags, ...texts, passwordHash, joinedAt, lastLoginAt }])
  })
}
