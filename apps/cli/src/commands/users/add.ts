import { addUser, createPasswords, newAccount } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { withDatabase } from '../../database/with-database.ts'
import { askPassword } from '../../password/ask-password.ts'
import { passwordStdinOption, readPassword } from '../../password/read-password.ts'
import { validate } from '../../validate.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { passwordSettings } from '../settings-help.ts'

interface AddOptions extends JsonOption {
  passwordStdin?: boolean
  displayName?: string
  bio?: string
  inactive?: boolean
}

const withoutPassword = newAccount.omit({ password: true })

/** Adds `auth users add`. */
export function addAddCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'add <email>',
    summary: 'add a user',
    description:
      'Adds a user with this email, kept as typed.\n' +
      'Asks twice for the password at a hidden prompt, or takes it from standard input.\n' +
      'A password is never an argument: other users of this machine could read it.\n' +
      'With --json: {"id": 1, "email": "ada@example.com"}.',
    examples: [
      'pnpm auth users add ada@example.com --display-name "Ada Lovelace"',
      'pass show ada | pnpm auth users add ada@example.com --password-stdin',
      'pnpm auth users add ada@example.com --inactive    she may not log in yet',
    ],
    settings: passwordSettings,
  })
    .option(...passwordStdinOption)
    .option('--display-name <name>', 'shown to others, at most 100 characters (default: "Anonymous User")')
    .option('--bio <text>', 'at most 2000 characters')
    .option('--inactive', 'the user may not log in until enabled')
    .action((email: string, options: AddOptions) => add(cli, email, options))
}

async function add(cli: Cli, email: string, options: AddOptions): Promise<void> {
  const password = await readPassword(cli.stdin, options)
  const passwords = createPasswords(cli.readSettings().passwords)
  const problems = password === undefined ? [] : await passwords.findProblems(password)
  const given = validate(password === undefined ? withoutPassword : withProblems(problems), {
    email,
    password,
    display_name: options.displayName,
    bio: options.bio,
    is_active: !options.inactive,
  })
  const { id } = await withDatabase(cli, async (admin) => {
    const account = { password: password ?? (await askPassword(cli, given.email, passwords)), ...given }
    return addUser(admin, operator, account)
  })
  await cli.stdout.print([
    options.json ? JSON.stringify({ id, email: given.email }) : `Added user ${id}, ${given.email}.`,
  ])
}

/**
 * Returns the schema of a new account. It adds the known problems of the password to its own, so
 * that the operator reads all of them at once.
 */
function withProblems(problems: string[]) {
  const password = newAccount.shape.password.superRefine((_, context) => {
    for (const problem of problems) context.addIssue(problem)
  })
  return newAccount.extend({ password })
}
