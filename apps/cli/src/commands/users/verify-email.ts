import { verifyEmail } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth users verify-email`. */
export function addVerifyEmailCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'verify-email <email>',
    summary: 'vouch for the email of a user',
    description:
      'Records that a user reads their email, without a mail.\n' +
      'With --json: {"id": 1, "email": "ada@example.com", "email_verified": true, "changed": true}.',
    examples: ['pnpm auth users verify-email ada@example.com'],
  }).action((email: string, options: JsonOption) => verify(cli, email, options))
}

async function verify(cli: Cli, wantedEmail: string, { json }: JsonOption): Promise<void> {
  const { id, email, changed } = await withDatabase(cli, async (admin) => {
    const user = await getUser(admin, wantedEmail)
    return { ...user, changed: await verifyEmail(admin, operator, { userId: user.id }) }
  })
  if (json) return cli.stdout.print([JSON.stringify({ id, email, email_verified: true, changed })])
  return cli.stdout.print([changed ? `${email} is verified now.` : `${email} was verified already.`])
}
