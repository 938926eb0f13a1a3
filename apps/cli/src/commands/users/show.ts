import type { UserForOperator } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { toCells, toJson, userColumns } from '../../output/user.ts'
import { toSeconds } from '../../output/time.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Adds `auth users show`. */
export function addShowCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'show <email>',
    summary: 'show one user',
    description:
      'Shows one user, with times in UTC.\n' +
      'With --json: {"id", "email", "display_name", "bio", "is_active", "created_at", "last_login_at", "email_verified_at"}.',
    examples: [
      'pnpm auth users show ada@example.com',
      'pnpm auth users show ada@example.com --json | jq .id',
    ],
  }).action((email: string, options: JsonOption) => show(cli, email, options))
}

async function show(cli: Cli, email: string, { json }: JsonOption): Promise<void> {
  const user = await withDatabase(cli, (admin) => getUser(admin, email))
  await cli.stdout.print(json ? [toJson(user)] : toLines(user))
}

function toLines(user: UserForOperator): string[] {
  const cells = toCells(user)
  const verified = user.emailVerifiedAt === null ? 'never' : toSeconds(user.emailVerifiedAt)
  const facts = [
    ...userColumns.map((name, i) => [name.toLowerCase(), cells[i] ?? '']),
    ['bio', user.bio],
    ['verified', verified],
  ]
  return facts.map(([name = '', value = '']) => `${name.padEnd('last login'.length)}  ${value}`.trimEnd())
}
