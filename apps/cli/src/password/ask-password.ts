import promptPassword from '@inquirer/password'
import type { createPasswords } from '@pockitflyer/auth/admin'
import { passwordToCheck } from '@pockitflyer/auth-protocol/schemas'
import type { Cli } from '../cli.ts'
import { Cancelled, Failure } from '../failure.ts'
import { escapeControls } from '../output/escape.ts'

type Policy = Pick<ReturnType<typeof createPasswords>, 'findProblems'>

/**
 * Asks twice for a new password at the terminal, without an echo. Asks again for one that may not
 * be chosen.
 * @throws {Failure} the two differ
 * @throws {Cancelled} Ctrl-C, Ctrl-D, or the terminal is gone
 */
export async function askPassword(cli: Cli, email: string, passwords: Policy): Promise<string> {
  const findProblem = createCheck(passwords)
  const password = await ask(cli, `New password for ${escapeControls(email)}:`, findProblem)
  const again = await ask(cli, 'The same password again:', findProblem)
  if (password !== again) throw new Failure('The two passwords differ. Nothing was changed.')
  return password
}

async function ask({ stdin, stderr }: Cli, message: string, findProblem: Check): Promise<string> {
  const closed = new AbortController()
  const onPause = () => closed.abort()
  stdin.once('pause', onPause) // Ctrl-D closes the line editor, and its prompt would wait for ever.
  try {
    return await promptPassword(
      { message, toggleMask: false, validate: findProblem },
      { input: stdin, output: stderr.stream, signal: closed.signal },
    )
  } catch (error) {
    if (error instanceof Error && /^(Exit|Abort)PromptError$/.test(error.name)) throw new Cancelled()
    throw error
  } finally {
    stdin.off('pause', onPause)
  }
}

type Check = (value: string) => Promise<true | string>

function createCheck(passwords: Policy): Check {
  return async (value) => {
    const { error } = passwordToCheck.safeParse(value)
    const problems = error?.issues.map(({ message }) => message) ?? (await passwords.findProblems(value))
    return problems.length === 0 || problems.join(' ')
  }
}
