import { retryMail } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { Failure } from '../../failure.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { getMail } from './get-mail.ts'

/** Adds `auth mails retry`. */
export function addRetryCommand(mails: Command, cli: Cli): void {
  addCommand(mails, {
    signature: 'retry <id>',
    summary: 'send a mail that waits now',
    description:
      'Lets the worker try a mail that waits at once, for example when the mail server is back.\n' +
      'A mail that was sent or given up is not sent again: its person asks for another.\n' +
      'With --json: {"id", "retried"}.',
    examples: ['pnpm auth mails retry 0b0e8f5c-7a43-4d3e-9f39-1b6f1f5c2a11'],
  }).action((id: string, options: JsonOption) => retry(cli, id, options))
}

async function retry(cli: Cli, id: string, { json }: JsonOption): Promise<void> {
  await withDatabase(cli, async (admin) => {
    const { key, state } = await getMail(admin, id)
    if (state !== 'waiting') throw new Failure(`The mail is ${state.replace('_', ' ')}: it does not wait.`)
    await retryMail(admin, operator, key)
  })
  await cli.stdout.print([json ? JSON.stringify({ id, retried: true }) : 'The worker tries it now.'])
}
