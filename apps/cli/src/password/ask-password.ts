import promptPassword from '@inquirer/password'
import { newPassword } from '@pockitflyer/auth/schema'
import type { Cli } from '../cli.ts'
import { Cancelled, Failure } from '../failure.ts'
import { escapeControls } from '../output/escape.ts'

/**
 * Asks twice for a new password at the terminal, which shows nothing of it. Too short a one is asked for again.
 * @throws {Failure} the two differ
 * @throws {Cancelled} Ctrl-C, Ctrl-D, or the terminal is gone
 */
export async function askPassword(cli: Cli, email: string): Promise<string> {
  const password = await ask(cli, `New password for ${escapeControls(email)}:`)
  const again = await ask(cli, 'The same password again:')
  if (password !== again) throw new Failure('The two passwords differ. Nothing was changed.')
  return password
}

async function ask({ stdin, stderr }: Cli, message: string): Promise<string> {
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

function findProblem(value: string): true | string {
  const result = newPassword.safeParse(value)
  return result.success || result.error.issues.map(({ message }) => message).join(' ')
}
