import { connect, readSettings } from '@pockitflyer/auth'
import { adminSettings, createAdmin } from '@pockitflyer/auth/admin'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import {
  compareSource,
  connectSource,
  exportBatch,
  mapping,
  openPostgresSource,
  startExporting,
  startFollowing,
  switchToAccounts,
} from '../../src/index.ts'
import { createDjango, type Shape } from './django-database.ts'
import { operator, passwords } from './settings.ts'

/** A Django database and one of the account service, which took over and exports. */
export async function createWayBack(shape: Shape, prepare = '') {
  const django = await createDjango(shape)
  if (prepare !== '') await django.run(prepare)
  const { url, drop } = await createTestDatabase()
  const db = connect({ url, poolSize: 5 })
  const reader = connectSource(django.url)
  const names = mapping.parse({})
  const source = await openPostgresSource(reader, { url: django.url, mapping: names })
  const follow = () =>
    startFollowing({ db }, operator, { source, mapping: names, passwords, onProgress: () => {} })
  await follow()
  await switchToAccounts({ db }, operator, source)
  return {
    django,
    db,
    url,
    source,
    admin: createAdmin(readSettings(adminSettings, {}), { db }),
    /** Runs statements on the accounts. */
    run: (statements: string) => sql.raw(statements).execute(db),
    follow,
    start: () => startExporting({ db }, operator, { source, onProgress: () => {} }),
    async drain() {
      while ((await exportBatch({ db }, operator, source)) > 0);
    },
    compare: () => compareSource({ db }, operator, source),
    /** Reads rows of Django. */
    async read(query: string) {
      const { rows } = await sql.raw(query).execute(reader)
      return rows
    },
    async close() {
      await reader.destroy()
      await db.destroy()
      await django.close()
      await drop()
    },
  }
}

export type WayBack = Awaited<ReturnType<typeof createWayBack>>
