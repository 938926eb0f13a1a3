import { setTimeout as wait } from 'node:timers/promises'
import { asOnlyFollower } from '@pockitflyer/auth/admin'
import { applyChanges, startFollowing } from '@pockitflyer/django'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { Failure } from '../../failure.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { createProgress } from './progress.ts'
import {
  addPollOption,
  addSourceOptions,
  type PollOption,
  type SourceOptions,
  withFollowedSource,
} from './with-source.ts'

interface FollowOptions extends JsonOption, PollOption, SourceOptions {
  once?: boolean
  removeFeed?: boolean
}

/** How long the feed is left alone once it was drained. */
const pollMs = 500

/** Adds `auth django follow`. */
export function addFollowCommand(django: Command, cli: Cli): void {
  const command = addCommand(django, {
    signature: 'follow',
    summary: 'keep importing what changes in Django, which leads',
    description:
      'Lets Django lead: from now on accounts can be changed there alone, and the service answers 503 read_only.\n' +
      "Installs triggers in Django's database that note who changes, imports everything once, and then applies\n" +
      'each change within a second or two: new users, hashes, emails, flags, groups, profiles, deletions, blacklisted tokens.\n' +
      'A user who is deactivated or deleted in Django loses all sessions. Runs until Ctrl-C; safe to kill and to start again.\n' +
      '--source names the role that owns the tables of Django, or with --poll one that may read them.\n' +
      'With --poll: installs nothing, and compares checksums over ranges of 100 ids. Each comparison scans the tables of users,\n' +
      'profiles, groups and blacklisted tokens: two seconds for a million users. It rests as long as the last one took, so that\n' +
      'changes and deletions arrive within five seconds. It counts every user of a range that changed as applied.\n' +
      'With --json: a line for each batch, {"applied": 12}.',
    examples: [
      'pnpm auth django follow --source postgres://django@db.example/django',
      'pnpm auth django follow --source postgres://django@db.example/django --once',
      'pnpm auth django follow --source postgres://reader@db.example/django --poll',
      'pnpm auth django follow --source postgres://django@db.example/django --remove-feed',
    ],
  })
  addPollOption(addSourceOptions(command))
    .option('--once', 'apply what has changed, and end')
    .option('--remove-feed', "remove the triggers and their table from Django's database, and end")
    .action((options: FollowOptions) => (options.removeFeed ? remove(cli, options) : follow(cli, options)))
}

async function remove(cli: Cli, options: FollowOptions): Promise<void> {
  const removed = await withFollowedSource(options, ({ feed }) => feed.remove())
  if (options.json) return cli.stdout.print([JSON.stringify({ removed })])
  return cli.stdout.print([removed ? 'Removed the feed.' : 'There was no feed.'])
}

async function follow(cli: Cli, options: FollowOptions): Promise<void> {
  const { passwords } = cli.readSettings()
  const followed = await withFollowedSource(options, (source, mapping) =>
    withDatabase(cli, (admin) =>
      asOnlyFollower(admin, async (admin) => {
        const progress = createProgress(cli.stderr.stream, await source.countUsers())
        const started = { source, mapping, passwords, onProgress: progress.show }
        const { inserted, updated, deleted } = await startFollowing(admin, operator, started).finally(
          progress.stop,
        )
        await tell(cli, options, inserted + updated + deleted)
        do {
          for (;;) {
            const applied = await applyChanges(admin, operator, source)
            if (applied === 0) break
            await tell(cli, options, applied)
          }
          if (!options.once) await wait(pollMs)
        } while (!options.once)
        return true
      }),
    ),
  )
  if (followed === undefined) throw new Failure('Another process follows Django already.')
}

function tell(cli: Cli, { json }: JsonOption, applied: number): Promise<void> {
  return cli.stdout.print([json ? JSON.stringify({ applied }) : `Applied ${applied} changes.`])
}
