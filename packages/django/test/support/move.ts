import { connect } from '@pockitflyer/auth'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import {
  compareSource,
  connectSource,
  type ImportReport,
  type ImportResult,
  importSource,
  inspectSource,
  mapping,
  type OnProgress,
  openPostgresSource,
} from '../../src/index.ts'
import { createDjango, type Shape } from './django-database.ts'
import { operator, passwords } from './settings.ts'

/** A Django database and one of the account service, with the import between them. */
export async function createMove(shape: Shape) {
  const django = await createDjango(shape)
  const { url, drop } = await createTestDatabase()
  const db = connect({ url })
  const source = connectSource(django.url)

  async function inspect(names: unknown, onProgress: OnProgress) {
    const read = mapping.parse(names)
    const opened = await openPostgresSource(source, { url: django.url, mapping: read })
    const options = { source: opened, mapping: read, passwords, onProgress }
    return { opened, inspection: await inspectSource({ db }, operator, options) }
  }

  return {
    django,
    db,
    url,
    async dryRun(names: unknown = {}): Promise<ImportReport> {
      return (await inspect(names, () => {})).inspection.report
    },
    async run(names: unknown = {}, onProgress: OnProgress = () => {}): Promise<ImportResult> {
      const { opened, inspection } = await inspect(names, onProgress)
      return importSource({ db }, operator, { source: opened, inspection, onProgress })
    },
    async compare() {
      const opened = await openPostgresSource(source, { url: django.url, mapping: mapping.parse({}) })
      return compareSource({ db }, operator, opened)
    },
    async close() {
      await source.destroy()
      await db.destroy()
      await django.close()
      await drop()
    },
  }
}

export type Move = Awaited<ReturnType<typeof createMove>>

/** SQL that inserts a user of the service. */
export function insertUser({ id, email, password = 'md5$salt$hash', isActive = true }: NewUser): string {
  return `insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
    values (${id}, '${password}', false, '${email}', ${isActive}, false, '2020-02-29 23:59:59.123456+00');`
}

interface NewUser {
  id: number
  email: string
  password?: string
  isActive?: boolean
}
