import { listSessions, type SessionForOperator } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { createTable } from '../../output/table.ts'
import { toSeconds } from '../../output/time.ts'
import { readCount } from '../../read-count.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth sessions list`. */
export function addListCommand(sessions: Command, cli: Cli): void {
  addCommand(sessions, {
    signature: 'list [email]',
    summary: "list a user's live sessions, or those of all",
    description:
      'Lists the live sessions of a user, the one used last first, as a table with times in UTC.\n' +
      `Without an email: those of all users, the ${usualLimit} used last; it reads every session.\\n` +
      'REUSED: when a refresh token that had been replaced was presented last; somebody may have a copy of it.\n' +
      'With --json: a line for each, {"id", "user_id", "ip", "user_agent", "created_at", "last_used_at", "expires_at", "reused_at"}.',
    examples: [
      'pnpm auth sessions list ada@example.com',
      'pnpm auth sessions list ada@example.com --json',
      'pnpm auth sessions list --limit 20',
    ],
  })
    .option('--limit <count>', 'at most so many')
    .action((email: string | undefined, options: ListOptions) => list(cli, email, options))
}

/** Sessions of all users that are listed where no limit is given. */
const usualLimit = 50

interface ListOptions extends JsonOption {
  limit?: string
}

const columns = ['ID', 'USER', 'IP', 'CREATED', 'LAST USED', 'EXPIRES', 'REUSED', 'USER AGENT']

async function list(cli: Cli, email: string | undefined, { json, limit }: ListOptions): Promise<void> {
  const given = limit === undefined ? undefined : readCount('--limit', limit)
  const records = await withDatabase(cli, async (admin) => {
    if (email === undefined) return listSessions(admin, operator, { limit: given ?? usualLimit })
    const { id: userId } = await getUser(admin, email)
    return listSessions(admin, operator, { userId, limit: given })
  })
  await cli.stdout.print(
    json ? records.map(toJson) : createTable(columns, cli.stdout.columns)(records.map(toCells)),
  )
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

function toCells({ id, userId, ip, userAgent, reusedAt, ...session }: SessionForOperator): string[] {
  const times = [session.createdAt, session.lastUsedAt, session.expiresAt].map(toSeconds)
  return [
    id,
    String(userId),
    ip ?? '',
    ...times,
    reusedAt === null ? '' : toSeconds(reusedAt),
    userAgent ?? '',
  ]
}
