import type { Caller } from '@pockitflyer/auth'
import type { Admin } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../cli.ts'
import { withDatabase } from '../database/with-database.ts'
import { readCount } from '../read-count.ts'
import { addCommand, type CommandHelp, type JsonOption } from './add-command.ts'

interface PruneOptions extends JsonOption {
  olderThanDays: string
}

/** The rows to delete, and the default age. */
interface Prune extends Omit<CommandHelp, 'signature'> {
  things: string
  defaultDays: number
  /** Deletes older rows and returns their number. */
  prune: (admin: Admin, caller: Caller, input: { olderThanDays: number }) => Promise<number>
}

/** Adds a command `prune`. */
export function addPrune(parent: Command, cli: Cli, { things, defaultDays, prune, ...help }: Prune): void {
  addCommand(parent, { signature: 'prune', ...help })
    .option('--older-than-days <days>', 'a whole number from 1 to 36500', String(defaultDays))
    .action(async ({ json, olderThanDays }: PruneOptions) => {
      const input = { olderThanDays: readCount('--older-than-days', olderThanDays, 36_500) }
      const deleted = await withDatabase(cli, (admin) => prune(admin, operator, input))
      await cli.stdout.print([json ? JSON.stringify({ deleted }) : `Deleted ${deleted} ${things}.`])
    })
}
