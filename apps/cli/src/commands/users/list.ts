import { type Admin, listUsers, type UserForOperator } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { createTable } from '../../output/table.ts'
import { toCells, toJson, userColumns } from '../../output/user.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Number of users in memory at once. */
const pageSize = 1000

/** Adds `auth users list`. */
export function addListCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'list',
    summary: 'list every user',
    description:
      'Lists every user in the order of their ids, as a table with times in UTC.\n' +
      'With --json: a line for each user, {"id", "email", "display_name", "bio", "is_active", "created_at", "last_login_at", "email_verified_at"}.',
    examples: ['pnpm auth users list | less -S', 'pnpm auth users list --json > users.jsonl'],
  }).action((options: JsonOption) => list(cli, options))
}

async function list(cli: Cli, { json }: JsonOption): Promise<void> {
  const table = createTable(userColumns)
  await withDatabase(cli, async (admin) => {
    for await (const users of readPages(admin)) {
      await cli.stdout.print(json ? users.map(toJson) : table(users.map(toCells)))
    }
  })
}

/** Yields at least one page, empty without users. */
async function* readPages(admin: Admin): AsyncGenerator<UserForOperator[]> {
  let afterId: number | undefined = 0
  while (afterId !== undefined) {
    const users: UserForOperator[] = await listUsers(admin, operator, { afterId, limit: pageSize })
    yield users
    afterId = users.length < pageSize ? undefined : users.at(-1)?.id
  }
}
