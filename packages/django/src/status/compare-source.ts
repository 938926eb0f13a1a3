import { createHash } from 'node:crypto'
import type { Caller } from '@pockitflyer/auth'
import { type Admin, countDeadTokens, type ImportedUser, listImportedUsers } from '@pockitflyer/auth/admin'
import { type DjangoSource, readPages } from '../source/source.ts'

/** A user who is not the same on both sides, or a field of theirs. */
export type Difference =
  | { kind: 'missing_here' | 'missing_there'; id: number }
  | { kind: 'field'; id: number; field: keyof ImportedUser; there: unknown; here: unknown }

/** Both sides, compared row by row. */
export interface Comparison {
  users: {
    there: number
    here: number
    equal: number
    different: number
    missingHere: number
    missingThere: number
  }
  /** SHA-256 over every field of every user in the order of ids. Equal where nothing differs. */
  checksums: { there: string; here: string }
  blacklistedTokens: { there: number; deadHere: number }
  /** In the order of ids; at most `maxDifferences`. */
  differences: Difference[]
}

/** Most differences that are listed. */
export const maxDifferences = 10_000

/**
 * Compares the users of a source with the imported users here, in pages of one statement on each
 * side. A login here that is later than the last one there is no difference. A hash is compared and
 * never returned.
 * @example
 * const { checksums, differences } = await compareSource(admin, operator, source)
 */
export async function compareSource(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: DjangoSource,
): Promise<Comparison> {
  const there = rowsOf(readPages(source.readUsers))
  const here = rowsOf(readPages((page) => listImportedUsers(admin, caller, page)))
  const counted = createCount()
  let [left, right] = [await next(there), await next(here)]
  while (left !== undefined || right !== undefined) {
    const [isThere, isHere] = [
      right === undefined || (left !== undefined && left.id <= right.id),
      left === undefined || (right !== undefined && right.id <= left.id),
    ]
    counted.add(isThere ? left : undefined, isHere ? right : undefined)
    if (isThere) left = await next(there)
    if (isHere) right = await next(here)
  }
  return { ...counted.end(), blacklistedTokens: await compareTokens(admin, caller, source) }
}

async function* rowsOf(pages: AsyncIterable<ImportedUser[]>): AsyncGenerator<ImportedUser, undefined> {
  for await (const page of pages) yield* page
}

const next = async (rows: AsyncGenerator<ImportedUser, undefined>) => (await rows.next()).value

function createCount() {
  const users = { there: 0, here: 0, equal: 0, different: 0, missingHere: 0, missingThere: 0 }
  const hashes = { there: createHash('sha256'), here: createHash('sha256') }
  const differences: Difference[] = []
  function list(found: readonly Difference[]): void {
    differences.push(...found.slice(0, maxDifferences - differences.length))
  }
  function addBoth(there: ImportedUser, here: ImportedUser): void {
    const found = listDifferences(there, here)
    users[found.length === 0 ? 'equal' : 'different'] += 1
    list(found)
  }
  return {
    add(there: ImportedUser | undefined, given: ImportedUser | undefined): void {
      const here = there && given ? withoutLaterLogin(given, there) : given
      if (there) hashes.there.update(rowText(there))
      if (here) hashes.here.update(rowText(here))
      users.there += there ? 1 : 0
      users.here += here ? 1 : 0
      if (there && here) return addBoth(there, here)
      users[there ? 'missingHere' : 'missingThere'] += 1
      const id = (there ?? here)?.id ?? 0
      list([{ kind: there ? 'missing_here' : 'missing_there', id }])
    },
    end: () => ({
      users,
      differences,
      checksums: { there: hashes.there.digest('hex'), here: hashes.here.digest('hex') },
    }),
  }
}

const fields = [
  'email',
  'passwordHash',
  'isActive',
  'roles',
  'joinedAt',
  'lastLoginAt',
  'isEmailVerified',
  'displayName',
  'bio',
] as const satisfies readonly (keyof ImportedUser)[]

const rowText = (user: ImportedUser) =>
  `${JSON.stringify([user.id, ...fields.map((field) => user[field])])}\n`

/** Text in one format compares as times do. A source without join times has none to differ from. */
function withoutLaterLogin(here: ImportedUser, there: ImportedUser): ImportedUser {
  return {
    ...here,
    joinedAt: there.joinedAt === null ? null : here.joinedAt,
    lastLoginAt: (here.lastLoginAt ?? '') > (there.lastLoginAt ?? '') ? there.lastLoginAt : here.lastLoginAt,
  }
}

function listDifferences(there: ImportedUser, here: ImportedUser): Difference[] {
  const differs = (field: (typeof fields)[number]) =>
    JSON.stringify(there[field]) !== JSON.stringify(here[field])
  const show = (user: ImportedUser, field: (typeof fields)[number]) =>
    field === 'passwordHash' ? '(a hash)' : user[field]
  return fields.filter(differs).map((field) => ({
    kind: 'field' as const,
    id: there.id,
    field,
    there: show(there, field),
    here: show(here, field),
  }))
}

async function compareTokens(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: DjangoSource,
): Promise<Comparison['blacklistedTokens']> {
  const counts = { there: 0, deadHere: 0 }
  for await (const page of readPages(source.readBlacklistedTokens)) {
    const tokens = page.flatMap(({ token }) => token ?? [])
    counts.there += tokens.length
    counts.deadHere += await countDeadTokens(admin, caller, { tokens })
  }
  return counts
}
