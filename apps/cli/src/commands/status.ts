import { getStatus, type ServiceStatus } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../cli.ts'
import { withDatabase } from '../database/with-database.ts'
import { toSnakeCase } from '../output/snake-case.ts'
import { toSeconds } from '../output/time.ts'
import { addCommand, type JsonOption } from './add-command.ts'

/** Adds `auth status`. */
export function addStatusCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    signature: 'status',
    summary: 'show how much there is, which mails wait, and when the worker pruned last',
    description:
      'Shows how many users and live sessions there are, the logins of the last 24 hours, the mails that wait,\n' +
      'when cron added each regular job last, and who may write accounts. Reads every user and every session.\n' +
      'With --json: {"counts", "mails", "jobs", "leadership"}.',
    examples: ['pnpm auth status', 'pnpm auth status --json | jq .mails.count'],
  }).action((options: JsonOption) => status(cli, options))
}

async function status(cli: Cli, { json }: JsonOption): Promise<void> {
  const found = await withDatabase(cli, (admin) => getStatus(admin, operator))
  await cli.stdout.print(json ? [JSON.stringify(toSnakeCase(found))] : toLines(found))
}

function toLines({ counts, mails, jobs, leadership }: ServiceStatus): string[] {
  const waiting =
    mails.count === 0 ? '0' : `${mails.count}, the oldest for ${Math.round(mails.oldestSeconds)} s`
  const facts: [string, string][] = [
    ['users', `${counts.users}, of whom ${counts.inactiveUsers} are inactive`],
    ['live sessions', String(counts.liveSessions)],
    ['logins in 24 h', `${counts.logins}, and ${counts.failedLogins} failed`],
    ['mails that wait', waiting],
    ['accounts written by', leadership.leader === 'accounts' ? 'this service' : 'Django'],
    ...jobs.map(({ task, lastAt }): [string, string] => [
      task,
      lastAt === null ? 'never' : toSeconds(lastAt),
    ]),
  ]
  const noWorker = jobs.length === 0 ? ['No worker ever ran: nothing is pruned, and no mail is sent.'] : []
  return [
    ...facts.map(([name, value]) => `${name.padEnd('accounts written by'.length)}  ${value}`),
    ...noWorker,
  ]
}
