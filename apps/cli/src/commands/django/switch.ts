import { type Comparison, switchByPolling, switchToAccounts } from '@pockitflyer/django'
import { type Command, Option } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { switchBack, type ToDjangoOptions } from './switch-to-django.ts'
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
    summary: 'make this service the leader in place of Django, or Django again',
    description:
      'Drains what changed in Django, compares every field of every user on both sides, and makes this service the leader.\n' +
      'Refuses, and changes nothing, where the sides differ. Stop the writes to Django before: what is written there later stays there.\n' +
      'So that no change made here is lost, this service follows Django again only after a switch to Django.\n' +
      'With --to django: the way back, beside pnpm auth django export --follow. Drains what changed here, compares, holds the writes\n' +
      'here for a moment, and makes Django the leader. Logins go on. With --django-url it logs a user of its own in there before, whom\n' +
      'it adds and removes: so it knows that Django reads the hashes and tokens of this service. SECRET_KEY is that of the servers.\n' +
      'With --poll: after pnpm auth django follow --poll, which must have been stopped. It imports what changed since by itself,\n' +
      'and cannot hold the writes to Django: they must have been stopped before.\n' +
      'With --json: {"users": 1000, "checksum": "…"}, and after --to django {"users": 1000}.',
    examples: [
      'pnpm auth django switch --source postgres://django@db.example/django',
      'pnpm auth django switch --source postgres://reader@db.example/django --poll',
      'pnpm auth django switch --source postgres://django@db.example/django --to django --django-url https://django.example',
    ],
  })
  addPollOption(addSourceOptions(command))
    .addOption(
      new Option('--to <side>', 'who is to lead').choices(['accounts', 'django']).default('accounts'),
    )
    .option('--django-url <url>', 'where that Django answers, for the check before --to django')
    .option('--confirm-argon2', 'Django reads the hashes of this service: you have looked')
    .action((options: SwitchOptions) =>
      options.to === 'django' ? leave(cli, options) : switchLeader(cli, options),
    )
}

interface SwitchOptions extends JsonOption, PollOption, SourceOptions, ToDjangoOptions {
  to: 'accounts' | 'django'
}

async function leave(cli: Cli, options: SwitchOptions): Promise<void> {
  await withFollowedSource(options, (source) =>
    withDatabase(cli, (admin) => switchBack(cli, options, { admin, source })),
  )
}

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
    '  Keep the way back open: pnpm auth django export --follow --source …',
    "  Or remove the triggers from Django's database: pnpm auth django follow --remove-feed --source …",
  ])
}
