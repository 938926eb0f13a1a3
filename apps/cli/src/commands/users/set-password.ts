import { setPassword } from '@pockitflyer/auth/admin'
import { passwordToCheck } from '@pockitflyer/auth-protocol/schemas'
import type { Command } from 'commander'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { askPassword } from '../../password/ask-password.ts'
import { passwordStdinOption, readPassword } from '../../password/read-password.ts'
import { validate } from '../../validate.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { passwordSettings } from '../settings-help.ts'

interface SetPasswordOptions extends JsonOption {
  passwordStdin?: boolean
}

/** Adds `auth users set-password`. */
export function addSetPasswordCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'set-password <email>',
    summary: 'give a user another password, and end every session',
    description:
      'Gives a user another password and ends every session at once.\n' +
      'Asks twice at a hidden prompt, or takes the password from standard input.\n' +
      'With --json: {"id": 1, "email": "ada@example.com"}.',
    examples: [
      'pnpm auth users set-password ada@example.com',
      'pass show ada | pnpm auth users set-password ada@example.com --password-stdin',
    ],
    settings: passwordSettings,
  })
    .option(...passwordStdinOption)
    .action((email: string, options: SetPasswordOptions) => changePassword(cli, email, options))
}

async function changePassword(cli: Cli, wantedEmail: string, options: SetPasswordOptions): Promise<void> {
  const given = await readPassword(cli.stdin, options)
  if (given !== undefined) validate(passwordToCheck, given, 'password')
  const { id, email } = await withDatabase(cli, async (admin) => {
    const user = await getUser(admin, wantedEmail)
    const password = given ?? (await askPassword(cli, user.email, admin.passwords))
    await setPassword(admin, operator, { userId: user.id, password })
    return user
  })
  await cli.stdout.print([
    options.json
      ? JSON.stringify({ id, email })
      : `${email} has a new password now. Every session has ended.`,
  ])
}
