import { type Auth, deleteEndedSessions } from '@pockitflyer/auth'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { Misuse } from '../../failure.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

interface PruneOptions extends JsonOption {
  olderThanDays: string
}

/** How many sessions one statement deletes, so that none holds locks for long. */
const batchSize = 1000

/** Adds `auth sessions prune`. */
export function addPruneCommand(sessions: Command, cli: Cli): void {
  addCommand(sessions, {
    signature: 'prune',
    summary: 'delete sessions that were over long ago',
    description:
      'Deletes sessions that ended or expired more than so many days ago, a thousand at a time.\n' +
      'Safe beside live traffic and beside another prune. The audit stays.\n' +
      'With --json: {"deleted": 1234}.',
    examples: ['pnpm auth sessions prune', 'pnpm auth sessions prune --older-than-days 90'],
  })
    .option('--older-than-days <days>', 'a whole number from 1 to 36500', '30')
    .action((options: PruneOptions) => prune(cli, options))
}

async function prune(cli: Cli, { json, olderThanDays }: PruneOptions): Promise<void> {
  const days = Number(olderThanDays)
  if (!/^\d{1,5}$/.test(olderThanDays) || days < 1 || days > 36500) {
    throw new Misuse('--older-than-days must be a whole number from 1 to 36500. Add --help to see more.')
  }
  const deleted = await withDatabase(cli, (db) => deleteAll(db, days))
  await cli.stdout.print([json ? JSON.stringify({ deleted }) : `Deleted ${deleted} sessions.`])
}

async function deleteAll(db: Auth['db'], olderThanDays: number): Promise<number> {
  let total = 0
  let deleted = batchSize
  while (deleted === batchSize) {
    deleted = await deleteEndedSessions(db, { olderThanDays, limit: batchSize })
    total += deleted
  }
  return total
}
