import { setTimeout as wait } from 'node:timers/promises'
import { asOnlyFollower, listExportProblems, removeExport } from '@pockitflyer/auth/admin'
import { exportBatch, startExporting } from '@pockitflyer/django'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { Failure } from '../../failure.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { createProgress } from './progress.ts'
import { addSourceOptions, type SourceOptions, withFollowedSource } from './with-source.ts'

interface ExportOptions extends JsonOption, SourceOptions {
  follow?: boolean
  removeFeed?: boolean
}

/** How long the feed is left alone once it was drained. */
const pollMs = 500

/** Adds `auth django export`. */
export function addExportCommand(django: Command, cli: Cli): void {
  const command = addCommand(django, {
    signature: 'export',
    summary: 'write what changes here back into Django, while this service leads',
    description:
      'Brings Django every user as they are here: new ones, hashes, emails, flags, groups, times, profiles, deletions.\n' +
      'Installs triggers here that note who changes, and compares all users once. With --follow it goes on, and Django has\n' +
      'each change within a second or two: the way back stays open, see pnpm auth django switch --help.\n' +
      'A token that Django blacklists revokes its session here. Runs until Ctrl-C; safe to kill and to start again.\n' +
      '--source names the role that owns the tables of Django.\n' +
      'With --json: a line for each batch, {"exported": 12}, and at the end of one without --follow {"problems": […]}.',
    examples: [
      'pnpm auth django export --source postgres://django@db.example/django --follow',
      'pnpm auth django export --source postgres://django@db.example/django',
      'pnpm auth django export --remove-feed',
    ],
  })
  addSourceOptions(command)
    .option('--follow', 'go on exporting')
    .option('--remove-feed', 'remove the triggers here and the changes that wait, and end')
    .action((options: ExportOptions) => (options.removeFeed ? remove(cli, options) : runExport(cli, options)))
}

async function remove(cli: Cli, { json }: ExportOptions): Promise<void> {
  const removed = await withDatabase(cli, (admin) => removeExport(admin, operator))
  if (json) return cli.stdout.print([JSON.stringify({ removed })])
  return cli.stdout.print([removed ? 'Removed the feed.' : 'There was no feed.'])
}

async function runExport(cli: Cli, options: ExportOptions): Promise<void> {
  const finished = await withFollowedSource(options, (source) =>
    withDatabase(cli, (admin) =>
      asOnlyFollower(admin, async (admin) => {
        const progress = createProgress(cli.stderr.stream, await source.countUsers())
        const onProgress = (done: number) => progress.show({ step: 'compare', done })
        const written = await startExporting(admin, operator, { source, onProgress }).finally(progress.stop)
        await tell(cli, options, written)
        do {
          for (;;) {
            const exported = await exportBatch(admin, operator, source)
            if (exported === 0) break
            await tell(cli, options, exported)
          }
          if (options.follow) await wait(pollMs)
        } while (options.follow)
        return listExportProblems(admin, operator)
      }),
    ),
  )
  if (finished === undefined) throw new Failure('Another process follows Django, or exports to it, already.')
  if (options.json) return cli.stdout.print([JSON.stringify({ problems: finished.map(toJson) })])
  return cli.stdout.print(finished.map(({ userId, problem }) => `User ${userId}: ${problem}`))
}

const toJson = ({ userId, problem }: { userId: number; problem: string }) => ({ user_id: userId, problem })

function tell(cli: Cli, { json }: JsonOption, exported: number): Promise<void> {
  return cli.stdout.print([json ? JSON.stringify({ exported }) : `Exported ${exported} changes.`])
}
