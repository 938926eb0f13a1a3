import { type Auth, deleteOldEvents } from '@pockitflyer/auth'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addPrune, batchSize } from '../prune.ts'

/** Adds `auth events prune`. */
export function addPruneCommand(events: Command, cli: Cli): void {
  addPrune(events, cli, {
    things: 'events',
    defaultDays: 365,
    deleteAll,
    summary: 'delete events of long ago',
    description:
      'Deletes events that were recorded more than so many days ago, a thousand at a time.\n' +
      'Safe beside live traffic and beside another prune. Keep a copy of what somebody may ask for.\n' +
      'With --json: {"deleted": 1234}.',
    examples: [
      'pnpm auth events --json > events.jsonl    keep a copy first',
      'pnpm auth events prune',
      'pnpm auth events prune --older-than-days 90',
    ],
  })
}

async function deleteAll(db: Auth['db'], olderThanDays: number): Promise<number> {
  let [total, afterId] = [0, 0]
  for (;;) {
    const { deleted, lastId } = await deleteOldEvents(db, { olderThanDays, afterId, limit: batchSize })
    if (deleted === 0) return total
    total += deleted
    afterId = lastId
  }
}
