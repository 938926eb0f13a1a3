import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { escapeControls } from '../../output/escape.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { getMail } from './get-mail.ts'
import { jsonFields, mailColumns, toCells, toJson } from './mail-output.ts'

/** Adds `auth mails show`. */
export function addShowCommand(mails: Command, cli: Cli): void {
  addCommand(mails, {
    signature: 'show <id>',
    summary: 'show one mail',
    description: `Shows one mail of the outbox, with times in UTC.\nWith --json: ${jsonFields}.`,
    examples: ['pnpm auth mails show 0b0e8f5c-7a43-4d3e-9f39-1b6f1f5c2a11'],
  }).action((id: string, options: JsonOption) => show(cli, id, options))
}

async function show(cli: Cli, id: string, { json }: JsonOption): Promise<void> {
  const mail = await withDatabase(cli, (admin) => getMail(admin, id))
  const facts = [...mailColumns, 'SMTP ID'].map((name, i) => [name, [...toCells(mail), mail.smtpId ?? ''][i]])
  const lines = facts.map(([name = '', value = '']) =>
    `${name.toLowerCase().padEnd(10)}  ${escapeControls(value)}`.trimEnd(),
  )
  await cli.stdout.print(json ? [toJson(mail)] : lines)
}
