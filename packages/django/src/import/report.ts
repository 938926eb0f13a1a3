import { type Admin, foldEmail, type ImportScan, scanImport } from '@pockitflyer/auth/admin'
import type { Caller } from '@pockitflyer/auth'
import type { Mapping } from '../mapping.ts'
import { type DjangoSource, type NotMoved, readPages } from '../source/source.ts'
import { createTally, type HashSettings, type Tally } from './tally.ts'
import { type OwnedEmail, toOwnedEmails } from './owned-emails.ts'

/** What an import would do, and what it would meet. */
export interface ImportReport extends Omit<Tally, 'add'> {
  source: string
  tables: DjangoSource['tables']
  users: number
  highestId: number
  /** Emails that several users have in different spellings, or in the same one. */
  sharedEmails: OwnedEmail[]
  conflicts: ImportScan['conflicts']
  /** Ids of users who were imported before and are in the source no more. */
  gone: number[]
  blacklistedTokens: { moved: number; withoutUser: number }
  notMoved: NotMoved[]
  columnsNotMoved: string[]
  notes: string[]
  /** Why nothing can be imported; none: an import can begin. */
  problems: string[]
}

/** The report, and who is to own the emails that are in question. */
export interface Inspection {
  report: ImportReport
  owners: Map<string, number>
}

/** How far something has come. */
export type OnProgress = (progress: { step: 'inspect' | 'users' | 'tokens'; done: number }) => void

interface InspectOptions {
  mapping: Mapping
  passwords: HashSettings
  onProgress: OnProgress
}

/**
 * Reads a source once and returns what an import would do. Writes nothing but a temporary table.
 * @example
 * const options = { source, mapping, passwords, onProgress }
 * const { report, owners } = await inspectSource(admin, operator, options)
 */
export async function inspectSource(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { source, mapping, passwords, onProgress }: InspectOptions & { source: DjangoSource },
): Promise<Inspection> {
  const tally = createTally(passwords)
  async function* pages() {
    let done = 0
    for await (const page of readPages(source.readUsers)) {
      tally.add(page)
      yield page
      done += page.length
      onProgress({ step: 'inspect', done })
    }
  }
  const scan = await scanImport(admin, caller, pages())
  const named = new Map(Object.entries(mapping.owners).map(([email, id]) => [foldEmail(email), id]))
  const sharedEmails = toOwnedEmails(scan.twins, named)
  const { add: _, ...counts } = tally
  return {
    owners: new Map([
      ...scan.passedOn.map(({ folded, id }): [string, number] => [folded, id]),
      ...sharedEmails.map(({ foldedEmail, ownerId }): [string, number] => [foldedEmail, ownerId]),
    ]),
    report: {
      source: source.name,
      tables: source.tables,
      users: scan.users,
      highestId: scan.highestId,
      ...counts,
      sharedEmails,
      conflicts: scan.conflicts,
      gone: scan.gone,
      blacklistedTokens: await countTokens(source),
      notMoved: await source.listNotMoved(),
      columnsNotMoved: source.columnsNotMoved,
      notes: source.notes,
      problems: listProblems(scan, named),
    },
  }
}

async function countTokens({
  readBlacklistedTokens,
}: DjangoSource): Promise<ImportReport['blacklistedTokens']> {
  const counts = { moved: 0, withoutUser: 0 }
  for await (const page of readPages(readBlacklistedTokens)) {
    const moved = page.filter(({ token }) => token !== undefined).length
    counts.moved += moved
    counts.withoutUser += page.length - moved
  }
  return counts
}

/** New users draw ids above the highest, and numbers in JSON are exact up to 2^53 - 1. */
const highestUsableId = 2 ** 52

function listProblems(scan: ImportScan, named: ReadonlyMap<string, number>): string[] {
  const problems: string[] = []
  const { twins, conflicts } = scan
  if (conflicts.length > 0) {
    const here = new Set(conflicts.map(({ hereId }) => hereId))
    problems.push(
      `${here.size} users who are here have an id or an email of a user to import. Delete them, or give them another email, on one side.`,
    )
  }
  if (scan.refusesTwins && twins.length > 0) {
    problems.push(
      'The database still has an index that refuses emails which differ by case. Run: pnpm auth migrate --contract',
    )
  }
  if (scan.highestId > highestUsableId)
    problems.push(`The highest id, ${scan.highestId}, leaves new users none: ids end at 2^53 - 1.`)
  for (const [email, id] of named) {
    const sharing = twins.find(({ folded }) => folded === email)
    if (sharing === undefined)
      problems.push(`The mapping names an owner of ${email}, which no two users share.`)
    else if (!sharing.users.some((user) => user.id === id))
      problems.push(`The mapping names ${id} as the owner of ${email}, which that user does not have.`)
  }
  return problems
}
