import { deriveMailKeySettings } from '@pockitflyer/auth/mails'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { Failure } from '../../failure.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { keySettingNames } from '../settings-help.ts'

/** Adds `auth keys mail`. */
export function addMailCommand(keys: Command, cli: Cli): void {
  addCommand(keys, {
    signature: 'mail',
    summary: 'print the MAIL_KEY of a worker',
    description:
      'Prints the key of mailed links that the API derives from SIGNING_KEY and SECRET_KEY where it has no MAIL_KEY, as settings of a worker.\n' +
      'Whoever has it can make links of mails, and no token. MAIL_KEY_OLD stands for the key of before.\n' +
      'With --json: {"MAIL_KEY", "MAIL_KEY_OLD"}.',
    examples: ['pnpm auth keys mail >> worker.env'],
    settings: keySettingNames,
  }).action((options: JsonOption) => mail(cli, options))
}

async function mail(cli: Cli, { json }: JsonOption): Promise<void> {
  if (cli.environment['MAIL_KEY'])
    throw new Failure('MAIL_KEY is set here: give the worker the same MAIL_KEY and MAIL_KEY_OLD.')
  const keys = cli.readKeySettings()
  if (keys.signingKey === undefined && keys.secretKey === undefined)
    throw new Failure('There is neither SIGNING_KEY nor SECRET_KEY to derive it from: set those of the API.')
  const settings = deriveMailKeySettings(keys)
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  await cli.stdout.print(json ? [JSON.stringify(settings)] : lines)
}
