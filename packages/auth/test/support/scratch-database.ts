import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, onTestFinished } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { migrations } from '../../src/db/migrations/index.ts'

interface Scratch {
  /** A locale of ICU whose order and case the database has. Default: that of the test server. */
  icuLocale?: string
  /** The newest migration that it has. Default: none, and no table. */
  migratedTo?: string
}

/** Opens a database of this test alone; it is dropped when the test is done. */
export async function openScratchDatabase({ icuLocale, migratedTo }: Scratch = {}) {
  const database = await createTestDatabase()
  const admin = connect({ url: database.url, poolSize: 1 })
  onTestFinished(async () => {
    await admin.destroy()
    await database.drop()
  })
  const url = new URL(database.url)
  if (icuLocale === undefined) {
    await sql`drop schema public cascade`.execute(admin)
    await sql`create schema public`.execute(admin)
  } else {
    const name = `${url.pathname.slice(1)}_${icuLocale}`
    url.pathname = `/${name}`
    await sql`create database ${sql.id(name)} template template0 locale_provider icu icu_locale ${sql.lit(icuLocale)}
      encoding 'UTF8'`.execute(admin)
    onTestFinished(async () => {
      await sql`drop database ${sql.id(name)} with (force)`.execute(admin)
    })
  }
  const db = connect({ url: url.href })
  onTestFinished(() => db.destroy())
  if (migratedTo !== undefined) {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    const { error } = await migrator.migrateTo(migratedTo, { disableTransactions: true })
    expect(error).toBe(undefined)
  }
  return { url: url.href, db }
}
