import { type EmailCollision, listEmailCollisions } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { createTable } from '../../output/table.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth users collisions`. */
export function addCollisionsCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'collisions',
    summary: 'list the users whose email another user has in another spelling',
    description:
      'Lists the users whose email, in the form by which emails are told apart, is that of another user.\n' +
      'The owner is found by every spelling; the others by their exact spelling, or not at all where the owner has that too.\n' +
      'With --json: a line for each, {"id", "email", "folded_email", "owner_id", "owner_email", "can_log_in"}.',
    examples: ['pnpm auth users collisions', 'pnpm auth users collisions --json | jq .id'],
  }).action((options: JsonOption) => collisions(cli, options))
}

async function collisions(cli: Cli, { json }: JsonOption): Promise<void> {
  const found = await withDatabase(cli, (admin) => listEmailCollisions(admin, operator))
  const table = createTable(['ID', 'EMAIL', 'OWNER', "OWNER'S EMAIL", 'CAN LOG IN'], cli.stdout.columns)
  await cli.stdout.print(json ? found.map(toJson) : table(found.map(toCells)))
}

function toJson(collision: EmailCollision): string {
  return JSON.stringify({
    id: collision.userId,
    email: collision.email,
    folded_email: collision.foldedEmail,
    owner_id: collision.ownerId,
    owner_email: collision.ownerEmail,
    can_log_in: collision.isReachable,
  })
}

function toCells({ userId, email, ownerId, ownerEmail, isReachable }: EmailCollision): string[] {
  return [
    String(userId),
    email,
    String(ownerId ?? 'none'),
    ownerEmail ?? '',
    isReachable ? 'with this spelling' : 'no',
  ]
}
