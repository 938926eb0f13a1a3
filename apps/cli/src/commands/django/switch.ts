import { type Comparison, switchToAccounts } from '@pockitflyer/django'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { addSourceOptions, type SourceOptions, withFollowedSource } from './with-source.ts'

/** Adds `auth django switch`. */
export function addSwitchCommand(django: Command, cli: Cli): void {
  const command = addCommand(django, {
    signature: 'switch',
    summary: 'make this service the leader, in place of Django',
    description:
      'Drains what changed in Django, compares every field of every user on both sides, and makes this service the leader.\n' +
      'Refuses, and changes nothing, where the sides differ. Stop the writes to Django before: what is written there later stays there.\n' +
      'Nothing is written back to Django. So that no change made here is lost, this service does not follow Django again.\n' +
      'With --json: {"users": 1000, "checksum": "…"}.',
    examples: ['pnpm auth django switch --source postgres://django@db.example/django'],
  })
  addSourceOptions(command).action((options: JsonOption & SourceOptions) => switchLeader(cli, options))
}

async function switchLeader(cli: Cli, options: JsonOption & SourceOptions): Promise<void> {
  const { users, checksums }: Comparison = await withFollowedSource(options, (source) =>
    withDatabase(cli, (admin) => switchToAccounts(admin, operator, source)),
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
