import { connect } from './db/database.ts'
import { migrateToLatest } from './db/migrate.ts'
import { readSettings } from './settings.ts'

/** Brings the database up to date: `pnpm flyers:migrate`. */
const db = connect({ url: readSettings(process.env).databaseUrl })
try {
  const applied = await migrateToLatest(db)
  process.stdout.write(applied.length === 0 ? 'Nothing to do.\n' : `Applied: ${applied.join(', ')}\n`)
} finally {
  await db.destroy()
}
