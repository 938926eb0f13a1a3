import { voidLinks } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth users void-links`. */
export function addVoidLinksCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'void-links <email>',
    summary: 'void every link and undo that was mailed to a user',
    description:
      'Voids every mailed link and code of a user, undos too, and cancels an open change of email.\n' +
      'For an account whose attacker read its mails. Sessions and the password stay.\n' +
      'With --json: {"id": 1, "email": "ada@example.com", "voided": 2}.',
    examples: ['pnpm auth users void-links ada@example.com'],
  }).action((email: string, options: JsonOption) => voidAll(cli, email, options))
}

async function voidAll(cli: Cli, wantedEmail: string, { json }: JsonOption): Promise<void> {
  const { id, email, count } = await withDatabase(cli, async (admin) => {
    const user = await getUser(admin, wantedEmail)
    return { ...user, count: await voidLinks(admin, operator, { userId: user.id }) }
  })
  if (json) return cli.stdout.print([JSON.stringify({ id, email, voided: count })])
  const links = count === 1 ? '1 link' : `${count} links`
  return cli.stdout.print([`Voided ${links} of ${email}.`])
}
