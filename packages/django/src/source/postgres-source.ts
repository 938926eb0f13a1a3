import { databaseAddress, parseDatabaseUrl } from '@pockitflyer/postgres-pool'
import { createWriter } from '../export/django-writer.ts'
import { toDjangoUser } from '../export/to-django.ts'
import { createChangeFeed } from '../follow/change-feed.ts'
import { createPolledFeed } from '../follow/polled-feed.ts'
import type { Mapping } from '../mapping.ts'
import { findColumn, readCatalog, showTable } from './catalog.ts'
import type { SourceDatabase } from './connect-source.ts'
import { findSchema } from './find-schema.ts'
import { countNotMoved, countRows } from './not-moved.ts'
import { readBlacklistedTokens } from './read-blacklisted-tokens.ts'
import { readUsers } from './read-users.ts'
import type { SourceSchema } from './schema.ts'
import { onSource } from './source-failure.ts'
import type { FollowedSource } from './source.ts'

/**
 * Finds the tables of a Django service in its PostgreSQL and returns them as a source. With `poll`
 * its feed needs no triggers.
 * @throws {SourceError} see `findSchema`; so do the source's functions, if PostgreSQL refuses or is
 *   away
 * @example
 * const source = await openPostgresSource(connectSource(url), { url, mapping: mapping.parse({}) })
 */
export async function openPostgresSource(
  db: SourceDatabase,
  { url, mapping, poll = false }: { url: string; mapping: Mapping; poll?: boolean },
): Promise<FollowedSource> {
  const schema = findSchema(await onSource(url, () => readCatalog(db)), mapping)
  const { users, profile, groups, blacklist, emailAddresses } = schema
  const nameOf = (table: typeof emailAddresses) => (table === undefined ? null : showTable(table))
  const tables = {
    users: showTable(users.table),
    profiles: nameOf(profile?.table),
    groups: nameOf(groups?.members),
    blacklisted_tokens: nameOf(blacklist?.blacklisted),
    verified_emails: nameOf(emailAddresses),
  }
  return {
    name: `${databaseAddress(url)}/${parseDatabaseUrl(url).config.database}/${showTable(users.table)}`,
    tables,
    columnsNotMoved: schema.columnsNotMoved,
    notes: notesOn(schema),
    toDjango: (user) => toDjangoUser(user, { users, profile, tables }),
    countUsers: () => onSource(url, () => countRows(db, users.table)),
    readUsers: (page) => onSource(url, () => readUsers(db, schema, page)),
    readBlacklistedTokens: (page) => onSource(url, () => readBlacklistedTokens(db, schema, page)),
    listNotMoved: () => onSource(url, () => countNotMoved(db, schema)),
    feed: (poll ? createPolledFeed : createChangeFeed)(db, schema, url),
    writer: createWriter(db, schema, url),
  }
}

function notesOn({ users, timeZone }: SourceSchema): string[] {
  const notes: string[] = []
  if (users.dateJoined === undefined) notes.push('The source does not tell when users joined: they join now.')
  const times = [users.dateJoined, users.lastLogin].flatMap(
    (name) => findColumn(users.table, name ?? '') ?? [],
  )
  if (times.some(({ type }) => type !== 'timestamp with time zone'))
    notes.push(`Times of the source have no zone: they are read as of ${timeZone}.`)
  return notes
}
