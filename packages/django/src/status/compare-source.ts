import { createHash } from 'node:crypto'
import type { Caller } from '@pockitflyer/auth'
import {
  type Admin,
  countDeadTokens,
  getLeadership,
  type ImportedUser,
  isExporting,
  listExportProblems,
  listUsersHere,
} from '@pockitflyer/auth/admin'
import { type DjangoSource, type FollowedSource, readPages } from '../source/source.ts'
import { asThere, type Difference, fields, isLater, listDifferences } from './differences.ts'
import { pairUsers, type UserPair } from './pair-users.ts'

/** Both sides, compared row by row. */
export interface Comparison {
  users: {
    there: number
    here: number
    equal: number
    different: number
    missingHere: number
    missingThere: number
    /** Deleted here, and kept there inactive, because a table there leads to them. */
    deactivatedThere: number
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
 * Compares the users of a source with those here, in pages of one statement on each side. Here are
 * the imported users or, once this service exports, everyone, in the form in which Django would
 * have them. A login here that is later than the last one there is no difference; nor is a later
 * one there, once this service exports. A hash is compared and never returned.
 * @example
 * const { checksums, differences } = await compareSource(admin, operator, source)
 */
export async function compareSource(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: DjangoSource,
): Promise<Comparison> {
  const counted = createCount()
  const compare = await createComparing(admin, caller, source)
  const here = readPages((page) => listUsersHere(admin, caller, page))
  for await (const pair of pairUsers(readPages(source.readUsers), here)) counted.add(compare(pair))
  return { ...counted.end(), blacklistedTokens: await compareTokens(admin, caller, source) }
}

/**
 * Compares some users once more. Returns what still differs.
 * @example
 * const differences = await compareUsers(admin, operator, { source, ids: [42] })
 */
export async function compareUsers(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { source, ids }: { source: FollowedSource; ids: readonly number[] },
): Promise<Difference[]> {
  const compare = await createComparing(admin, caller, source)
  const [there, here] = [await source.feed.readUsers(ids), await listUsersHere(admin, caller, { ids })]
  const found: Difference[] = []
  for await (const pair of pairUsers(onePage(there), onePage(here))) found.push(...compare(pair).differences)
  return found
}

async function* onePage<User>(users: readonly User[]): AsyncGenerator<readonly User[]> {
  yield users
}

/** A pair as it is compared, and how it differs. */
interface ComparedPair {
  there: ImportedUser | undefined
  here: ImportedUser | undefined
  differences: Difference[]
}

async function createComparing(admin: Pick<Admin, 'db'>, caller: Caller, source: DjangoSource) {
  const leadsHere = (await getLeadership(admin)).leader === 'accounts' && (await isExporting(admin))
  const problems = await listExportProblems(admin, caller)
  const deleted = new Set(problems.filter(({ isGone }) => isGone).map(({ userId }) => userId))
  return function compare({ there, here: given }: UserPair<ImportedUser, ImportedUser>): ComparedPair {
    if (given === undefined) {
      const isDeactivated = deleted.has(there.id) && !there.isActive
      return {
        there,
        here: undefined,
        differences: isDeactivated ? [] : [{ kind: 'missing_here', id: there.id }],
      }
    }
    const here = asThere(source.toDjango(given), there)
    if (there === undefined) return { there, here, differences: [{ kind: 'missing_there', id: here.id }] }
    const isSame =
      isLater(here.lastLoginAt, there.lastLoginAt) ||
      (leadsHere && isLater(there.lastLoginAt, here.lastLoginAt))
    const { lastLoginAt } = isSame ? there : here
    const compared = { ...here, lastLoginAt }
    return { there, here: compared, differences: listDifferences(there, compared) }
  }
}

function createCount() {
  const users = {
    there: 0,
    here: 0,
    equal: 0,
    different: 0,
    missingHere: 0,
    missingThere: 0,
    deactivatedThere: 0,
  }
  const hashes = { there: createHash('sha256'), here: createHash('sha256') }
  const differences: Difference[] = []
  return {
    add({ there, here, differences: found }: ComparedPair): void {
      differences.push(...found.slice(0, maxDifferences - differences.length))
      if (there && !here && found.length === 0) {
        users.deactivatedThere += 1
        return
      }
      if (there) hashes.there.update(rowText(there))
      if (here) hashes.here.update(rowText(here))
      users.there += there ? 1 : 0
      users.here += here ? 1 : 0
      if (there && here) users[found.length === 0 ? 'equal' : 'different'] += 1
      else users[there ? 'missingHere' : 'missingThere'] += 1
    },
    end: () => ({
      users,
      differences,
      checksums: { there: hashes.there.digest('hex'), here: hashes.here.digest('hex') },
    }),
  }
}

const rowText = (user: ImportedUser) =>
  `${JSON.stringify([user.id, ...fields.map((field) => user[field])])}\n`

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
