import { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import type { Cli } from './cli.ts'
import { addCompleteCommand } from './commands/complete.ts'
import { addDistributeCommand } from './commands/distribute.ts'
import { addDjangoCommand } from './commands/django/django.ts'
import { addDoctorCommand } from './commands/doctor/doctor.ts'
import { addEventsCommand } from './commands/events/events.ts'
import { addKeysCommand } from './commands/keys/keys.ts'
import { addMailsCommand } from './commands/mails/mails.ts'
import { addMigrateCommand } from './commands/migrate.ts'
import { databaseSettings, describeSettings } from './commands/settings-help.ts'
import { addSessionsCommand } from './commands/sessions/sessions.ts'
import { addStatusCommand } from './commands/status.ts'
import { addUsersCommand } from './commands/users/users.ts'

const exitCodes = `
Exit codes:
  0    done
  1    refused or failed: unknown user, taken email, invalid input, database away;
       or the doctor found an error
  2    wrong usage: unknown command or option, missing argument
  130  broken off with Ctrl-C`

/**
 * Creates the command line: every command with its help. Results and `--help` go to stdout,
 * everything else to stderr.
 */
export function createProgram(cli: Cli): Command {
  const program = new Command('auth')
    .description(
      'Looks after the account service: its database schema, its users, their sessions, its keys and its settings.',
    )
    .version(manifest.version, '--version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .helpCommand('help [command]', 'explain a command')
    .exitOverride()
    .enablePositionalOptions() // What stands behind `events prune` is for `prune`, not for `events`.
    .configureOutput({
      writeOut: (text) => void cli.stdout.stream.write(text),
      writeErr: (text) => void cli.stderr.stream.write(text),
      outputError: (text) => void cli.stderr.print(text.trimEnd().split('\n')).catch(() => {}),
    })
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText(
      'after',
      `
Examples:
  pnpm auth migrate                          bring the database up to date
  pnpm auth users add ada@example.com        add a user; asks for the password
  pnpm auth users list                       see who is there
  pnpm auth users add --help                 explain one command`,
    )
    .addHelpText('after', `\n${describeSettings(databaseSettings)}`)
    .addHelpText('afterAll', exitCodes)
  addMigrateCommand(program, cli)
  addDistributeCommand(program, cli)
  addUsersCommand(program, cli)
  addSessionsCommand(program, cli)
  addEventsCommand(program, cli)
  addMailsCommand(program, cli)
  addKeysCommand(program, cli)
  addDjangoCommand(program, cli)
  addStatusCommand(program, cli)
  addDoctorCommand(program, cli)
  addCompleteCommand(program)
  return program
}
