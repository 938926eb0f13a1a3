import {
  type Admin,
  listUsers,
  type UserForOperator,
  type UserOrder,
  userOrders,
} from '@pockitflyer/auth/admin'
import { type Command, Option } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { createTable } from '../../output/table.ts'
import { toCells, toJson, userColumns } from '../../output/user.ts'
import { readCount } from '../../read-count.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** Number of users in memory at once. */
const pageSize = 1000

/** Adds `auth users list`. */
export function addListCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'list [text]',
    summary: 'list users',
    description:
      'Lists users as a table with times in UTC: all, or those whose email or name contains a text, in any case.\n' +
      'A text, and an order other than by id, read every user.\n' +
      'With --json: a line for each user, {"id", "email", "display_name", "bio", "is_active", "created_at", "last_login_at", "email_verified_at"}.',
    examples: [
      'pnpm auth users list | less -S',
      'pnpm auth users list lovelace',
      'pnpm auth users list --order last-login --limit 20',
      'pnpm auth users list --json > users.jsonl',
    ],
  })
    .addOption(new Option('--order <order>', 'which come first').choices(userOrders).default('id'))
    .option('--limit <count>', `at most so many (default: all; ${pageSize} in another order than by id)`)
    .action((text: string | undefined, options: ListOptions) => list(cli, text, options))
}

interface ListOptions extends JsonOption {
  order: UserOrder
  limit?: string
}

async function list(cli: Cli, text: string | undefined, { json, order, limit }: ListOptions): Promise<void> {
  const wanted = { text, order, limit: limit === undefined ? undefined : readCount('--limit', limit) }
  const table = createTable(userColumns, cli.stdout.columns)
  await withDatabase(cli, async (admin) => {
    for await (const users of readPages(admin, wanted)) {
      await cli.stdout.print(json ? users.map(toJson) : table(users.map(toCells)))
    }
  })
}

interface Wanted {
  text: string | undefined
  order: UserOrder
  limit: number | undefined
}

/** Yields at least one page, empty without users. Only the order by id has more than one. */
async function* readPages(
  admin: Admin,
  { text, order, limit = Infinity }: Wanted,
): AsyncGenerator<UserForOperator[]> {
  let left = order === 'id' ? limit : Math.min(limit, pageSize)
  let afterId: number | undefined = 0
  while (afterId !== undefined) {
    const size = Math.min(left, pageSize)
    const users: UserForOperator[] = await listUsers(admin, operator, { text, order, afterId, limit: size })
    yield users
    left -= users.length
    afterId = users.length < size || left === 0 ? undefined : users.at(-1)?.id
  }
}
