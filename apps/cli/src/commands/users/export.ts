import { exportUser } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { addCommand } from '../add-command.ts'

/** Adds `auth users export`. */
export function addExportCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'export <email>',
    summary: 'print all that is stored of a user, as JSON',
    description:
      'Prints every row of a user by table, as one JSON document, for a user who asks what is stored of them.\n' +
      "The password's hash is left out. --json changes nothing.",
    examples: ['pnpm auth users export ada@example.com > ada.json'],
  }).action((email: string) => print(cli, email))
}

async function print(cli: Cli, email: string): Promise<void> {
  const rows = await withDatabase(cli, async (admin) => {
    const { id: userId } = await getUser(admin, email)
    return exportUser(admin, operator, { userId })
  })
  await cli.stdout.print(JSON.stringify(rows, null, 2).split('\n'))
}
