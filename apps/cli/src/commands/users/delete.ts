import { eraseUser } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { UsageError } from '../../failure.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

interface DeleteOptions extends JsonOption {
  yes?: boolean
}

/** Adds `auth users delete`. */
export function addDeleteCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'delete <email>',
    summary: 'delete a user for good',
    description:
      'Deletes a user at once and for good: account, profile, sessions, links and mails. Nothing brings them back.\n' +
      'The audit keeps what happened when, without addresses. The id is never used again; the email is free.\n' +
      'Services that verify tokens by key alone accept access tokens of the user until they expire.\n' +
      'With --json: {"id": 1, "email": "ada@example.com"}.',
    examples: [
      'pnpm auth users export ada@example.com > ada.json    keep what the user may ask for',
      'pnpm auth users delete ada@example.com --yes',
    ],
  })
    .option('--yes', 'required: there is no way back')
    .action((email: string, options: DeleteOptions) => erase(cli, email, options))
}

async function erase(cli: Cli, wantedEmail: string, { json, yes }: DeleteOptions): Promise<void> {
  if (!yes) throw new UsageError('add --yes: a user who was deleted cannot be brought back.')
  const { id, email } = await withDatabase(cli, async (admin) => {
    const user = await getUser(admin, wantedEmail)
    await eraseUser(admin, operator, { userId: user.id })
    return user
  })
  await cli.stdout.print([json ? JSON.stringify({ id, email }) : `Deleted user ${id}, ${email}.`])
}
