import { listMails, type MailState } from '@pockitflyer/auth/admin'
import { type Command, Option } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { createTable } from '../../output/table.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { jsonFields, mailColumns, toCells, toJson } from './mail-output.ts'

interface ListOptions extends JsonOption {
  state?: MailState
}

/** Most mails that one call lists. */
const listMax = 100

/** Adds `auth mails list`. */
export function addListCommand(mails: Command, cli: Cli): void {
  addCommand(mails, {
    signature: 'list',
    summary: 'list the newest mails',
    description:
      `Lists the newest ${listMax} mails of the outbox, the newest first, as a table with times in UTC.\n` +
      `With --json: a line for each, ${jsonFields}.`,
    examples: ['pnpm auth mails list', 'pnpm auth mails list --state waiting'],
  })
    .addOption(
      new Option('--state <state>', 'only mails of this state').choices(['waiting', 'sent', 'given_up']),
    )
    .action((options: ListOptions) => list(cli, options))
}

async function list(cli: Cli, { json, state }: ListOptions): Promise<void> {
  const mails = await withDatabase(cli, (admin) => listMails(admin, operator, { state, limit: listMax }))
  await cli.stdout.print(
    json ? mails.map(toJson) : createTable(mailColumns, cli.stdout.columns)(mails.map(toCells)),
  )
}
