import { type Comparison, switchByPolling, switchToAccounts } from '@pockitflyer/django'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import {
  addPollOption,
  addSourceOptions,
  type PollOption,
  type SourceOptions,
  withFollowedSource,
} from './with-source.ts'

/** Adds `auth django switch`. */
export function addSwitchCommand(django: Command, cli: Cli): void {
  const command = addCommand(django, {
    signature: 'switch',
    summary: 'make this service the leader, in place of Django',
    description:
      'Drains what changed in Django, compares every field of every user on both sides, and makes this service the leader.\n' +
      'Refuses, and changes nothing, where the sides differ. Stop the writes to Django before: what is written there later stays there.\n' +
      'Nothing is written back to Django. So that no change made here is lost, this service does not follow Django again.\n' +
      'With --poll: after pnpm auth django follow --poll, which must have been stopped. It imports what changed since by itself,\n' +
      'and cannot hold the writes to Django: they must have been stopped before.\n' +
      'With --json: {"users": 1000, "checksum": "…"}.',
    examples: [
      'pnpm auth django switch --source postgres://django@db.example/django',
      'pnpm auth django switch --source postgres://reader@db.example/django --poll',
    ],
  })
  addPollOption(addSourceOptions(command)).action((options: SwitchOptions) => switchLeader(cli, options))
}

type SwitchOptions = JsonOption & PollOption & SourceOptions

async function switchLeader(cli: Cli, options: SwitchOptions): Promise<void> {
  const { passwords } = cli.readSettings()
  const { users, checksums }: Comparison = await withFollowedSource(options, (source, mapping) =>
    withDatabase(cli, (admin) =>
      options.poll
        ? switchByPolling(admin, operator, { source, mapping, passwords, onProgress: () => {} })
        : switchToAccounts(admin, operator, source),
    ),
  )
  const [count, checksum] = [users.here, checksums.here]
  if (options.json) return cli.stdout.print([JSON.stringify({ users: count, checksum })])
  return cli.stdout.print([
    `This service leads now. ${count} users are the same on both sides: ${checksum}`,
    'What is left to do:',
    '  Send all requests for accounts here: change the proxy.',
    "  Remove the triggers from Django's database: pnpm auth django follow --remove-feed --source …",
  ])
}
