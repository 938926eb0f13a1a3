import { newEmail } from '@pockitflyer/auth-protocol/schemas'
import { addTestMail } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { validate } from '../../validate.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth mails test`. */
export function addTestCommand(mails: Command, cli: Cli): void {
  addCommand(mails, {
    signature: 'test <email>',
    summary: 'send a test mail',
    description:
      'Writes a test mail into the outbox, which the worker sends: so it proves the settings of the worker, not those of this shell.\n' +
      'With --json: {"id"}.',
    examples: ['pnpm auth mails test ada@example.com'],
  }).action((email: string, options: JsonOption) => test(cli, email, options))
}

async function test(cli: Cli, given: string, { json }: JsonOption): Promise<void> {
  const email = validate(newEmail, given, 'email')
  const id = await withDatabase(cli, (admin) => addTestMail(admin, operator, { email }))
  const lines = ['The worker sends it now. See what became of it:', `  pnpm auth mails show ${id}`]
  await cli.stdout.print(json ? [JSON.stringify({ id })] : lines)
}
