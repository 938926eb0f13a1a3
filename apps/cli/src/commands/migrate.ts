import { migrateToLatest } from '@pockitflyer/auth'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { withAnySchema } from '../database/with-database.ts'
import { addCommand, type JsonOption } from './add-command.ts'

/** Adds `auth migrate`. */
export function addMigrateCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    signature: 'migrate',
    summary: 'bring the database schema up to date',
    description:
      'Applies the migrations that the database lacks and prints their names.\n' +
      'Safe to run again, and from several machines at once: one works while the others wait.\n' +
      'With --json: {"applied": ["name", …]}.',
    examples: ['pnpm auth migrate', 'DATABASE_URL=postgres://… pnpm auth migrate'],
  }).action((options: JsonOption) => migrate(cli, options))
}

async function migrate(cli: Cli, { json }: JsonOption): Promise<void> {
  const applied = await withAnySchema(cli, migrateToLatest)
  if (json) return cli.stdout.print([JSON.stringify({ applied })])
  if (applied.length === 0) return cli.stdout.print(['The schema is up to date.'])
  return cli.stdout.print(applied.map((name) => `applied ${name}`))
}
