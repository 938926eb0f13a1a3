import { pruneSessions } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addPrune } from '../prune.ts'

/** Adds `auth sessions prune`. */
export function addPruneCommand(sessions: Command, cli: Cli): void {
  addPrune(sessions, cli, {
    things: 'sessions',
    defaultDays: 30,
    prune: pruneSessions,
    summary: 'delete sessions that were over long ago',
    description:
      'Deletes sessions that ended or expired more than so many days ago. Reads the whole table once, in parts.\n' +
      'Safe beside live traffic and beside another prune. The audit stays.\n' +
      'With --json: {"deleted": 1234}.',
    examples: ['pnpm auth sessions prune', 'pnpm auth sessions prune --older-than-days 90'],
  })
}
