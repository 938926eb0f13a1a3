import { pruneEvents } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addPrune } from '../prune.ts'

/** Adds `auth events prune`. */
export function addPruneCommand(events: Command, cli: Cli): void {
  addPrune(events, cli, {
    things: 'events',
    defaultDays: 365,
    prune: pruneEvents,
    summary: 'delete events of long ago',
    description:
      'Deletes events that were recorded more than so many days ago: whole months at once, the rest a thousand at a time.\n' +
      'Safe beside live traffic and beside another prune. Keep a copy of what somebody may ask for.\n' +
      'With --json: {"deleted": 1234}.',
    examples: [
      'pnpm auth events --json > events.jsonl    keep a copy first',
      'pnpm auth events prune',
      'pnpm auth events prune --older-than-days 90',
    ],
  })
}
