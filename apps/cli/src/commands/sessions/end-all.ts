import { revokeSessionsOfUser } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth sessions end-all`. */
export function addEndAllCommand(sessions: Command, cli: Cli): void {
  addCommand(sessions, {
    signature: 'end-all <email>',
    summary: "end all of a user's sessions",
    description:
      'Ends every session of a user at once. The user may log in again.\n' +
      'With --json: {"id": 1, "email": "ada@example.com", "ended": 2}.',
    examples: ['pnpm auth sessions end-all ada@example.com'],
  }).action((email: string, options: JsonOption) => endAll(cli, email, options))
}

async function endAll(cli: Cli, wantedEmail: string, { json }: JsonOption): Promise<void> {
  const { id, email, ended } = await withDatabase(cli, async (admin) => {
    const user = await getUser(admin, wantedEmail)
    return { ...user, ended: await revokeSessionsOfUser(admin, operator, { userId: user.id }) }
  })
  await cli.stdout.print([
    json ? JSON.stringify({ id, email, ended }) : `Ended ${ended} sessions of ${email}.`,
  ])
}
