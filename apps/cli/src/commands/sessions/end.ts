import { revokeSession } from '@pockitflyer/auth/admin'
import { sessionEntry } from '@pockitflyer/auth-protocol/schemas'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { Failure } from '../../failure.ts'
import { validate } from '../../validate.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth sessions end`. */
export function addEndCommand(sessions: Command, cli: Cli): void {
  addCommand(sessions, {
    signature: 'end <id>',
    summary: 'end one session',
    description:
      'Ends one session at once: from the next request on its tokens are refused.\nWith --json: {"id": "…"}.',
    examples: ['pnpm auth sessions end 3b241101-e2bb-4255-8caf-4136c566a962'],
  }).action((id: string, options: JsonOption) => end(cli, id, options))
}

async function end(cli: Cli, wantedId: string, { json }: JsonOption): Promise<void> {
  const id = validate(sessionEntry.shape.id, wantedId, 'id')
  const isRevoked = await withDatabase(cli, (admin) => revokeSession(admin, operator, { sessionId: id }))
  if (!isRevoked) throw new Failure(`There is no live session ${id}.`)
  await cli.stdout.print([json ? JSON.stringify({ id }) : `The session ${id} has ended.`])
}
