import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { connectSource, type SourceDatabase } from '../../src/source/connect-source.ts'

/**
 * The tables of a Django service, as `manage.py sqlmigrate` of that Django writes them: the service
 * that this one replaces, or the stock user model. `traps` is one of odd names and odd rows.
 */
export type Shape = 'service-5.2' | 'service-3.2' | 'stock-5.2' | 'stock-3.2' | 'traps'

/** A Django database of this test alone. */
export interface DjangoDatabase {
  url: string
  db: SourceDatabase
  run: (statements: string) => Promise<unknown>
  close: () => Promise<void>
}

/** Creates the tables of a Django service in a database of their own. */
export async function createDjango(shape: Shape): Promise<DjangoDatabase> {
  const { url, drop } = await createTestDatabase()
  const db = connectSource(url)
  const run = (statements: string) => sql.raw(statements).execute(db)
  await run('drop schema public cascade; create schema public; drop schema if exists graphile_worker cascade')
  await run(await readFile(join(import.meta.dirname, `${shape}.sql`), 'utf8'))
  return {
    url,
    db,
    run,
    async close() {
      await db.destroy()
      await drop()
    },
  }
}
