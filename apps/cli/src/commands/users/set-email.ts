import { reachableEmail, setEmail } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { validate } from '../../validate.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth users set-email`. */
export function addSetEmailCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'set-email <email> <new-email>',
    summary: 'give a user another email, and end every session',
    description:
      'Gives a user another email, which counts as verified. Every session ends, and every mailed link and undo is void.\n' +
      'Both emails get a notice. The password stays: without it, the user asks for a mail at the login.\n' +
      'With --json: {"id": 1, "email": "ada@example.org", "changed": true}.',
    examples: ['pnpm auth users set-email ada@example.com ada@example.org'],
  }).action((email: string, newEmail: string, options: JsonOption) => set(cli, { email, newEmail }, options))
}

async function set(
  cli: Cli,
  { email: wantedEmail, newEmail }: { email: string; newEmail: string },
  { json }: JsonOption,
): Promise<void> {
  const email = validate(reachableEmail, newEmail, 'new-email')
  const { id, before, changed } = await withDatabase(cli, async (admin) => {
    const user = await getUser(admin, wantedEmail)
    const isNew = await setEmail(admin, operator, { userId: user.id, email })
    return { id: user.id, before: user.email, changed: isNew }
  })
  if (json) return cli.stdout.print([JSON.stringify({ id, email, changed })])
  return cli.stdout.print([
    changed ? `${before} is ${email} now. Every session has ended.` : `${email} is the email already.`,
  ])
}
