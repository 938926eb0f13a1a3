import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cloneTemplate, createCitusTemplate, dropTemplate } from '@pockitflyer/postgres/testing'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { distribute } from '../../src/admin/distribute.ts'
import { installExport, removeExport } from '../../src/admin/export-state.ts'
import { setLeader } from '../../src/admin/leader.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import { isCitus } from '../../src/db/postgres/engine.ts'
import { addAccount, createService, openDatabase, password } from '../support/harness.ts'

const { db } = await openDatabase()
const isOn = await isCitus(db)
const operator = { client: { ip: null, userAgent: null } }
const refuse = (reason: string) => ({ kind: 'refused', reason })

/** The cluster as the page's steps leave it before `distribute`. */
async function openUndistributed() {
  const { serverUrl } = inject('postgresTemplate')
  const template = await createCitusTemplate(serverUrl, async (url) => {
    const migrated = connect({ url })
    await migrateToLatest(migrated)
    await migrated.destroy()
  })
  const database = await cloneTemplate(template)
  const alone = connect({ url: database.url })
  onTestFinished(async () => {
    await alone.destroy()
    await dropTemplate(template)
  })
  return alone
}

/** The statements of the page's section "Undo". */
async function readUndo(): Promise<string[]> {
  const page = await readFile(join(import.meta.dirname, '../../../../apps/docs/citus.md'), 'utf8')
  const [, block = ''] = /^## Undo\n.*?^```sql\n(.*?)^```/ms.exec(page) ?? []
  return block.split(';\n').filter((statement) => statement !== '')
}

describe.skipIf(!isOn)('on Citus', () => {
  test('a distribution that was undone leaves a PostgreSQL as before', async () => {
    const database = await createTestDatabase()
    const distributed = connect({ url: database.url })
    const { id, email } = await addAccount(await createService(distributed))
    await distributed.destroy()
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    for (const statement of await readUndo()) await client.query(statement)
    await client.end()

    const undone = connect({ url: database.url })
    onTestFinished(async () => {
      await undone.destroy()
      await database.drop()
    })
    const service = await createService(undone)
    expect(await isCitus(undone)).toBe(false)
    expect((await service.login(email, password)).status).toBe(200)
    const added = await addAccount(service)
    expect(added.id).toBeGreaterThan(id)
    await undone.deleteFrom('users').where('id', '=', added.id).execute()
    const emails = await undone.selectFrom('emails').select('email').execute()
    expect(emails).toEqual([{ email }])
  })

  test('a service beside Django is not distributed until it has left', async () => {
    const alone = await openUndistributed()
    const dryRun = () => distribute({ db: alone }, operator, { isDryRun: true })
    await setLeader({ db: alone }, 'django')
    expect(await dryRun()).toEqual(refuse('Django leads. Run: pnpm auth django switch'))
    await setLeader({ db: alone }, 'accounts')
    await installExport({ db: alone }, operator)
    expect(await dryRun()).toEqual(
      refuse('Changes are noted for Django. Run: pnpm auth django export --remove-feed'),
    )
    await removeExport({ db: alone }, operator)
    expect((await distribute({ db: alone }, operator)).kind).toBe('distributed')
    expect(await distribute({ db: alone }, operator)).toEqual({ kind: 'distributed', statements: [] })
  })

  test('triggers of others are refused by name', async () => {
    const alone = await openUndistributed()
    await sql`create function note() returns trigger language plpgsql as 'begin return null; end'`.execute(
      alone,
    )
    await sql`create trigger note_emails after insert on emails for each row execute function note()`.execute(
      alone,
    )
    expect(await distribute({ db: alone }, operator)).toEqual(
      refuse('Citus takes no triggers on distributed tables. Drop first: note_emails on emails'),
    )
  })

  test('distributed tables take no service beside Django', async () => {
    const reason = 'Citus distributes the tables, and takes no triggers on them'
    await expect(setLeader({ db }, 'django')).rejects.toThrow(reason)
    await expect(installExport({ db }, operator)).rejects.toThrow(reason)
    expect(await db.selectFrom('leadership').select('leader').execute()).toEqual([{ leader: 'accounts' }])
  })
})
