import type { DjangoWriter } from '../export/django-writer.ts'
import type { ChangeFeed } from '../follow/change-feed.ts'
import type { DeadToken, ImportedUser } from '@pockitflyer/auth/admin'

/** A page of rows, in the order of their ids. */
export interface Page {
  afterId: number
  limit: number
}

/** A blacklisted token; undefined where it names no user or cannot be read. */
export interface BlacklistedToken {
  /** The id of the row. */
  id: number
  token: DeadToken | undefined
}

/** A table that is not moved. */
export interface NotMoved {
  table: string
  /** null: the role may not read it. */
  rows: number | null
  /** What its app keeps there; null: unknown. */
  content: string | null
}

/** Where the users of a Django service are read from. */
export interface DjangoSource {
  /** Tells one source from another; without a password. */
  name: string
  /** The tables that are moved, by what they hold; null: this Django has none. */
  tables: Record<'users' | 'profiles' | 'groups' | 'blacklisted_tokens' | 'verified_emails', string | null>
  /** Columns of the users that are not moved. */
  columnsNotMoved: string[]
  /** What an operator should know of this source. */
  notes: string[]
  /** A user of this service as this Django would have them. */
  toDjango: (user: ImportedUser) => ImportedUser
  countUsers: () => Promise<number>
  readUsers: (page: Page) => Promise<ImportedUser[]>
  readBlacklistedTokens: (page: Page) => Promise<BlacklistedToken[]>
  listNotMoved: () => Promise<NotMoved[]>
  /** What changed; undefined: the source is no database that can tell. */
  feed?: ChangeFeed
}

/** A source whose database notes what changes, and can be written. */
export type FollowedSource = DjangoSource & { feed: ChangeFeed; writer: DjangoWriter }

/** Rows that one statement reads and one transaction writes. */
export const pageSize = 2000

/** Reads pages until there are no more rows. */
export async function* readPages<Row extends { id: number }>(
  read: (page: Page) => Promise<Row[]>,
  from = 0,
): AsyncGenerator<Row[]> {
  for (let afterId = from; ; ) {
    const page = await read({ afterId, limit: pageSize })
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    afterId = last.id
  }
}
