import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { tablesOfCoordinator, tablesOfEmail, tablesOfUser } from '../../src/db/citus/distribution.ts'
import { openDatabase } from '../support/harness.ts'

const { db } = await openDatabase()
const places = [Object.keys(tablesOfUser), Object.keys(tablesOfEmail), tablesOfCoordinator]

test('every table of the migrations has one place on Citus', async () => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname not like 'kysely%'`.execute(db)
  expect(places.flat().toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
})

test('the page names each table in its place', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../../apps/docs/citus.md'), 'utf8')
  const [, table = ''] = page.split('## What lies where\n')
  const named = Array.from(table.matchAll(/^\| (`.*?) \|/gm), ([, cell = '']) =>
    Array.from(cell.matchAll(/`(\w+)`/g), ([, name = '']) => name).filter(
      (name) => name !== 'graphile_worker',
    ),
  )
  expect(named.slice(0, 3).map((names) => names.toSorted())).toEqual(places.map((names) => names.toSorted()))
})
