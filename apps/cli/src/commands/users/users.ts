import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addAddCommand } from './add.ts'
import { addCollisionsCommand } from './collisions.ts'
import { addDeleteCommand } from './delete.ts'
import { addDisableCommand } from './disable.ts'
import { addEnableCommand } from './enable.ts'
import { addExportCommand } from './export.ts'
import { addListCommand } from './list.ts'
import { addResetLinkCommand } from './reset-link.ts'
import { addSetEmailCommand } from './set-email.ts'
import { addSetPasswordCommand } from './set-password.ts'
import { addShowCommand } from './show.ts'
import { addVerifyEmailCommand } from './verify-email.ts'
import { addVoidLinksCommand } from './void-links.ts'

/** Adds `auth users` with its commands. */
export function addUsersCommand(program: Command, cli: Cli): void {
  const users = program
    .command('users')
    .summary(
      'add, list, show, disable, enable, export and delete users, set passwords and emails, make and void links',
    )
    .description('Looks after users. An email names a user whatever its case.')
    .addHelpText(
      'after',
      `
Examples:
  pnpm auth users list
  pnpm auth users show ada@example.com --json
  pnpm auth users disable ada@example.com`,
    )
  addAddCommand(users, cli)
  addListCommand(users, cli)
  addShowCommand(users, cli)
  addDisableCommand(users, cli)
  addEnableCommand(users, cli)
  addSetPasswordCommand(users, cli)
  addSetEmailCommand(users, cli)
  addVerifyEmailCommand(users, cli)
  addVoidLinksCommand(users, cli)
  addCollisionsCommand(users, cli)
  addResetLinkCommand(users, cli)
  addExportCommand(users, cli)
  addDeleteCommand(users, cli)
}
