import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addListCommand } from './list.ts'
import { addRetryCommand } from './retry.ts'
import { addShowCommand } from './show.ts'
import { addTestCommand } from './test.ts'

/** Adds `auth mails` with its commands. */
export function addMailsCommand(program: Command, cli: Cli): void {
  const mails = program
    .command('mails')
    .summary('list mails, send one again, and send a test mail')
    .description(
      'Looks after the outbox. The worker sends its mails; no command shows a link or a code of one.',
    )
    .addHelpText(
      'after',
      `
Examples:
  pnpm auth mails list --state waiting
  pnpm auth mails show 0b0e8f5c-7a43-4d3e-9f39-1b6f1f5c2a11
  pnpm auth mails test ada@example.com`,
    )
  addListCommand(mails, cli)
  addShowCommand(mails, cli)
  addRetryCommand(mails, cli)
  addTestCommand(mails, cli)
}
