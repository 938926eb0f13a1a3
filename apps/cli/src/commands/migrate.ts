import { findNewerMigrations, migrateToLatest } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { withAnySchema } from '../database/with-database.ts'
import { addCommand, type JsonOption } from './add-command.ts'

interface MigrateOptions extends JsonOption {
  contract?: boolean
}

/** Adds `auth migrate`. */
export function addMigrateCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    signature: 'migrate',
    summary: 'bring the database schema up to date',
    description:
      'Applies the migrations that the database lacks and prints their names.\n' +
      'Safe to run again, and from several machines at once: one works while the others wait.\n' +
      'What takes long goes in batches, tells its progress on standard error, and goes on there after an interruption.\n' +
      'A database that a newer version migrated is left as it is.\n' +
      'With --json: {"applied": ["name", …]}, and "newer" with the names that this version does not know.',
    examples: [
      'pnpm auth migrate',
      'DATABASE_URL=postgres://… pnpm auth migrate',
      'pnpm auth migrate --contract    once no server of the version before runs',
    ],
  })
    .option('--contract', 'drop what only the version before needs: its servers fail afterwards')
    .action((options: MigrateOptions) => migrate(cli, options))
}

async function migrate(cli: Cli, { json, contract }: MigrateOptions): Promise<void> {
  const report = (progress: string) => void cli.stderr.print([progress])
  const { applied, newer } = await withAnySchema(cli, async ({ db }) => ({
    applied: await migrateToLatest(db, { report, ...(contract && { contracts: true }) }),
    newer: await findNewerMigrations(db),
  }))
  if (json) return cli.stdout.print([JSON.stringify({ applied, ...(newer.length > 0 && { newer }) })])
  if (newer.length > 0) {
    await cli.stdout.print([
      `The database is newer than this version, which does not know: ${newer.join(', ')}`,
    ])
  }
  if (applied.length === 0) return cli.stdout.print(['The schema is up to date.'])
  return cli.stdout.print(applied.map((name) => `applied ${name}`))
}
