import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExportCommand } from './export.ts'
import { addFollowCommand } from './follow.ts'
import { addImportCommand } from './import.ts'
import { addStatusCommand } from './status.ts'
import { addSwitchCommand } from './switch.ts'

/** Adds `auth django` with its commands. */
export function addDjangoCommand(program: Command, cli: Cli): void {
  const django = program
    .command('django')
    .summary('move in from a Django service, and back')
    .description('Moves the users of a Django service here, and keeps the way back open.')
    .addHelpText(
      'after',
      `
Examples:
  pnpm auth django import --source postgres://reader@db.example/django --dry-run
  pnpm auth django import --source postgres://reader@db.example/django`,
    )
  addImportCommand(django, cli)
  addFollowCommand(django, cli)
  addSwitchCommand(django, cli)
  addExportCommand(django, cli)
  addStatusCommand(django, cli)
}
