import { distribute as distributeTables } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../cli.ts'
import { withDatabase } from '../database/with-database.ts'
import { Failure } from '../failure.ts'
import { addCommand, type JsonOption } from './add-command.ts'

interface DistributeOptions extends JsonOption {
  dryRun?: boolean
}

/** Adds `auth distribute`. */
export function addDistributeCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    signature: 'distribute',
    summary: 'distribute the tables over the workers of Citus',
    description:
      'Distributes what belongs to users by user, and what belongs to emails by email, and prints the statements.\n' +
      'Every write to a table waits while its rows are copied: stop the service first.\n' +
      'Safe to run again: it does what is left to do, also after an interruption.\n' +
      'It refuses a database without Citus, one that `migrate --contract` has not run on, and one with users whom\n' +
      '`migrate` has not given a row in emails.\n' +
      'With --json: {"statements": ["select …", …]}.',
    examples: [
      'pnpm auth distribute --dry-run    print the statements that are left, and change nothing',
      'pnpm auth distribute',
    ],
  })
    .option('--dry-run', 'change nothing, and print what would be done')
    .action((options: DistributeOptions) => distribute(cli, options))
}

async function distribute(cli: Cli, { json, dryRun = false }: DistributeOptions): Promise<void> {
  const output = json ? cli.stderr : cli.stdout
  const done = await withDatabase(cli, async (admin) =>
    distributeTables(admin, operator, {
      isDryRun: dryRun,
      report: async (statement) => output.print([statement]),
    }),
  )
  if (done.kind === 'refused') throw new Failure(done.reason)
  const { statements } = done
  if (json) return cli.stdout.print([JSON.stringify({ statements })])
  if (statements.length === 0) return cli.stdout.print(['All tables are distributed.'])
  if (dryRun) await cli.stdout.print(statements)
}
