import { connect } from '@pockitflyer/flyers/database'
import { findNewerMigrations, migrateToLatest } from '@pockitflyer/flyers/migrate'
import { readSettings } from '@pockitflyer/flyers/settings'

/** Brings the database up to date: `pnpm flyers:migrate`. */
const db = connect({ url: readSettings(process.env).databaseUrl })
try {
  const applied = await migrateToLatest(db)
  const newer = await findNewerMigrations(db)
  if (newer.length > 0) {
    process.stderr.write(
      `The database is newer than this version, which does not know: ${newer.join(', ')}\n`,
    )
  }
  process.stdout.write(applied.length === 0 ? 'Nothing to do.\n' : `Applied: ${applied.join(', ')}\n`)
} finally {
  await db.destroy()
}
