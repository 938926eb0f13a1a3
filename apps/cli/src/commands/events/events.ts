import { eventKinds } from '@pockitflyer/auth/admin'
import { type Command, Option } from 'commander'
import type { Cli } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { toCells, eventColumns, toJson } from '../../output/event.ts'
import { createTable } from '../../output/table.ts'
import { readTime } from '../../read-time.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { addPruneCommand } from './prune.ts'
import { followEvents, readEvents } from './read-events.ts'

interface EventsOptions extends JsonOption {
  user?: string
  kind?: string[]
  since?: string
  follow?: boolean
}

/** Adds `auth events` with its command `prune`. */
export function addEventsCommand(program: Command, cli: Cli): void {
  const events = addCommand(program, {
    signature: 'events',
    summary: 'show the audit: logins, ended sessions, changed passwords; delete old events',
    description:
      'Shows what was recorded, the oldest first, as a table with times in UTC.\n' +
      'With --json: a line for each, {"id", "at", "kind", "user_id", "email", "session_id", "ip", "user_agent", "detail"}.',
    examples: [
      'pnpm auth events --since 24h',
      'pnpm auth events --user ada@example.com --kind login login_failed',
      'pnpm auth events --since 2026-01-31T12:00:00Z --json',
      'pnpm auth events --since 1m --follow    until Ctrl-C',
    ],
  })
    .option('--user <email>', 'of one user')
    .addOption(new Option('--kind <kind...>', 'of these kinds').choices(eventKinds))
    .option('--since <time>', 'from this time on: ISO 8601, UTC unless it says otherwise, or a span like 24h')
    .option('--follow', 'go on with events as they happen, until Ctrl-C')
    .action((options: EventsOptions) => showEvents(cli, options))
  addPruneCommand(events, cli)
}

async function showEvents(cli: Cli, options: EventsOptions): Promise<void> {
  const since = options.since === undefined ? undefined : readTime(options.since, new Date())
  const table = createTable(eventColumns, cli.stdout.columns)
  await withDatabase(cli, async (admin) => {
    const userId = options.user === undefined ? undefined : (await getUser(admin, options.user)).id
    const read = options.follow ? followEvents : readEvents
    for await (const events of read(admin, { userId, kinds: options.kind, since })) {
      await cli.stdout.print(options.json ? events.map(toJson) : table(events.map(toCells)))
    }
  })
}
