import { type ImportResult, importSource, inspectSource } from '@pockitflyer/django'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { ReportedError } from '../../failure.ts'
import { toSnakeCase } from '../../output/snake-case.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { createProgress } from './progress.ts'
import { toLines } from './report-lines.ts'
import { addSourceOptions, assertSource, type SourceOptions, withSource } from './with-source.ts'

interface ImportOptions extends JsonOption, SourceOptions {
  dryRun?: boolean
}

/** Adds `auth django import`. */
export function addImportCommand(django: Command, cli: Cli): void {
  const command = addCommand(django, {
    signature: 'import',
    summary: 'import the users of a Django service',
    description:
      'Imports users with ids, emails, password hashes, profiles, groups and times, and the tokens that Django blacklisted.\n' +
      'Finds the tables by itself where it can. Reads Django and changes nothing there.\n' +
      'Safe beside live traffic, to break off, and to repeat: a run goes on where the last one was broken off,\n' +
      'and a second one brings what changed in Django since. Users whom Django deleted stay.\n' +
      'With --dry-run: prints the report and writes nothing.\n' +
      'With --json: {"report": …, "result": …} in one document; "result" is null after --dry-run.',
    examples: [
      'pnpm auth django import --source postgres://reader@db.example/django --dry-run',
      'pnpm auth django import --source postgres://reader@db.example/django --mapping django.json',
      'pnpm auth django import --source postgres://reader@db.example/django --users-table accounts_user',
    ],
  })
  addSourceOptions(command)
    .option('--dry-run', 'print the report and write nothing')
    .action((options: ImportOptions) => runImport(cli, options))
}

async function runImport(cli: Cli, options: ImportOptions): Promise<void> {
  const { passwords } = cli.readSettings()
  assertSource(options)
  await withDatabase(cli, (admin) =>
    withSource(admin, options, async (source, mapping) => {
      const progress = createProgress(cli.stderr.stream, await source.countUsers())
      try {
        const inspection = await inspectSource(admin, operator, {
          source,
          mapping,
          passwords,
          onProgress: progress.show,
        })
        const { report } = inspection
        const isRefused = report.problems.length > 0
        const result =
          options.dryRun || isRefused
            ? null
            : await importSource(admin, operator, { source, inspection, onProgress: progress.show })
        progress.stop()
        await cli.stdout.print(
          options.json
            ? [JSON.stringify(toSnakeCase({ report, result }))]
            : [...toLines(report), ...(result === null ? [] : toResultLines(result))],
        )
        if (isRefused) throw new ReportedError('The report has problems.')
      } finally {
        progress.stop()
      }
    }),
  )
}

function toResultLines({ inserted, updated, unchanged, deadTokens, resumedAfterId }: ImportResult): string[] {
  return [
    '',
    ...(resumedAfterId > 0 ? [`The import went on after the user ${resumedAfterId}.`] : []),
    `Imported ${inserted} users, updated ${updated}, left ${unchanged} as they were. ${deadTokens} blacklisted tokens are dead here now.`,
  ]
}
