import { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import type { Cli } from './cli.ts'
import { addDistributeCommand } from './commands/distribute.ts'
import { addDjangoCommand } from './commands/django/django.ts'
import { addDoctorCommand } from './commands/doctor/doctor.ts'
import { addEventsCommand } from './commands/events/events.ts'
import { addKeysCommand } from './commands/keys/keys.ts'
import { addMailsCommand } from './commands/mails/mails.ts'
import { addMigrateCommand } from './commands/migrate.ts'
import { addSessionsCommand } from './commands/sessions/sessions.ts'
import { addUsersCommand } from './commands/users/users.ts'

const settingsAndExitCodes = `
Settings, read from the environment:
  DATABASE_URL        PostgreSQL 15 or later, postgres://user:password@host:5432/name.
                      Where it is not set, the development database of this checkout;
                      with NODE_ENV=production it must be set.
  PASSWORD_MIN_LENGTH characters that a new password has at least (default 8)
  ARGON2_MEMORY_KIB   memory of a password hash in KiB (default 19456)
  ARGON2_TIME_COST    passes of a password hash (default 2)
  ARGON2_PARALLELISM  lanes of a password hash (default 1)
  HASH_CONCURRENCY, HASH_QUEUE are checked as the service checks them, and change nothing here.
  SECRET_KEY, SIGNING_KEY, VERIFYING_KEYS and REFRESH_TOKEN_LIFETIME are read by the keys commands alone;
  the doctor reads every setting of the service.

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
    .addHelpText('afterAll', settingsAndExitCodes)
  addMigrateCommand(program, cli)
  addDistributeCommand(program, cli)
  addUsersCommand(program, cli)
  addSessionsCommand(program, cli)
  addEventsCommand(program, cli)
  addMailsCommand(program, cli)
  addKeysCommand(program, cli)
  addDjangoCommand(program, cli)
  addDoctorCommand(program, cli)
  return program
}
