import { listSessions, type SessionForOperator } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { createTable } from '../../output/table.ts'
import { toSeconds } from '../../output/time.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth sessions list`. */
export function addListCommand(sessions: Command, cli: Cli): void {
  addCommand(sessions, {
    signature: 'list <email>',
    summary: "list a user's live sessions",
    description:
      'Lists the live sessions of a user, the one used last first, as a table with times in UTC.\n' +
      'REUSED: when a refresh token that had been replaced was presented last; somebody may have a copy of it.\n' +
      'With --json: a line for each, {"id", "user_id", "ip", "user_agent", "created_at", "last_used_at", "expires_at", "reused_at"}.',
    examples: ['pnpm auth sessions list ada@example.com', 'pnpm auth sessions list ada@example.com --json'],
  }).action((email: string, options: JsonOption) => list(cli, email, options))
}

const columns = ['ID', 'IP', 'CREATED', 'LAST USED', 'EXPIRES', 'REUSED', 'USER AGENT']

async function list(cli: Cli, email: string, { json }: JsonOption): Promise<void> {
  const records = await withDatabase(cli, async (admin) => {
    const { id: userId } = await getUser(admin, email)
    return listSessions(admin, operator, { userId })
  })
  await cli.stdout.print(json ? records.map(toJson) : createTable(columns)(records.map(toCells)))
}

function toJson(session: SessionForOperator): string {
  return JSON.stringify({
    id: session.id,
    user_id: session.userId,
    ip: session.ip,
    user_agent: session.userAgent,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expires_at: session.expiresAt,
    reused_at: session.reusedAt,
  })
}

function toCells({ id, ip, userAgent, reusedAt, ...session }: SessionForOperator): string[] {
  const times = [session.createdAt, session.lastUsedAt, session.expiresAt].map(toSeconds)
  return [id, ip ?? '', ...times, reusedAt === null ? '' : toSeconds(reusedAt), userAgent ?? '']
}
