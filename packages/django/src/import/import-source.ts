import type { Caller } from '@pockitflyer/auth'
import {
  type Admin,
  finishImport,
  importDeadTokens,
  type ImportedBatch,
  importUsers,
  startImport,
} from '@pockitflyer/auth/admin'
import { SourceError } from '../source-error.ts'
import { type DjangoSource, readPages } from '../source/source.ts'
import type { Inspection, OnProgress } from './report.ts'

/** What an import changed. */
export interface ImportResult extends ImportedBatch {
  /** The user after whom an interrupted import went on; 0: it began with the first. */
  resumedAfterId: number
  /** Blacklisted tokens that were not dead here before. */
  deadTokens: number
}

/**
 * Imports the users of a source in transactions of one page each, then its blacklisted tokens. Safe
 * to break off at any point and to repeat: it goes on after the last page, and a second run changes
 * nothing that did not change in Django.
 * @throws {SourceError} the inspection found problems
 * @example
 * const { inserted } = await importSource(admin, operator, { source, inspection, onProgress })
 */
export async function importSource(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  {
    source,
    inspection,
    onProgress,
  }: { source: DjangoSource; inspection: Inspection; onProgress: OnProgress },
): Promise<ImportResult> {
  const { problems } = inspection.report
  if (problems.length > 0) throw new SourceError(problems.join('\n'))
  const users = await importAllUsers(admin, caller, { source, inspection, onProgress })
  const deadTokens = await importAllTokens(admin, caller, { source, inspection, onProgress })
  await finishImport(admin, caller, { task: 'users' })
  await finishImport(admin, caller, { task: 'tokens' })
  return { ...users, deadTokens }
}

type Import = Parameters<typeof importSource>[2]

async function importAllUsers(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { source, inspection: { report, owners }, onProgress }: Import,
): Promise<Omit<ImportResult, 'deadTokens'>> {
  const task = { task: 'users', source: source.name } as const
  const resumedAfterId = await startImport(admin, caller, { ...task, highestId: report.highestId })
  const total = { inserted: 0, updated: 0, unchanged: 0 }
  for await (const page of readPages(source.readUsers, resumedAfterId)) {
    const position = page.at(-1)?.id ?? 0
    const batch = await importUsers(admin, caller, { users: page, progress: { ...task, position }, owners })
    total.inserted += batch.inserted
    total.updated += batch.updated
    total.unchanged += batch.unchanged
    onProgress({ step: 'users', done: total.inserted + total.updated + total.unchanged })
  }
  return { ...total, resumedAfterId }
}

async function importAllTokens(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { source, inspection: { report }, onProgress }: Import,
): Promise<number> {
  const task = { task: 'tokens', source: source.name } as const
  const afterId = await startImport(admin, caller, { ...task, highestId: report.highestId })
  let [changed, done] = [0, 0]
  for await (const page of readPages(source.readBlacklistedTokens, afterId)) {
    const tokens = page.flatMap(({ token }) => token ?? [])
    const position = page.at(-1)?.id ?? 0
    changed += await importDeadTokens(admin, caller, { tokens, progress: { ...task, position } })
    done += page.length
    onProgress({ step: 'tokens', done })
  }
  return changed
}
