import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addEndAllCommand } from './end-all.ts'
import { addEndCommand } from './end.ts'
import { addListCommand } from './list.ts'
import { addPruneCommand } from './prune.ts'

/** Adds `auth sessions` with its commands. */
export function addSessionsCommand(program: Command, cli: Cli): void {
  const sessions = program
    .command('sessions')
    .summary('list and end sessions, and delete old ones')
    .description('Looks after sessions. An email names a user whatever its case.')
    .addHelpText(
      'after',
      `
Examples:
  pnpm auth sessions list ada@example.com
  pnpm auth sessions end-all ada@example.com
  pnpm auth sessions prune`,
    )
  addListCommand(sessions, cli)
  addEndCommand(sessions, cli)
  addEndAllCommand(sessions, cli)
  addPruneCommand(sessions, cli)
}
