import { passwordMaxBytes } from '@pockitflyer/auth-protocol/schemas'
import type { Stdin } from '../cli.ts'
import { Failure, UsageError } from '../failure.ts'
import { describeFields } from '../validate.ts'

/** The option of commands that take a password. */
export const passwordStdinOption = [
  '--password-stdin',
  'take the password from all of standard input, less one newline at its end',
] as const

/**
 * Returns the password from standard input under `--password-stdin`, unchanged except for one
 * newline at its end; `undefined` when the operator is to be asked at the terminal.
 * @throws {UsageError} there is no terminal to ask at, or standard input is a terminal
 */
export async function readPassword(
  stdin: Stdin,
  { passwordStdin = false }: { passwordStdin?: boolean },
): Promise<string | undefined> {
  if (stdin.isTTY && passwordStdin) {
    throw new UsageError(
      '--password-stdin reads a pipe or a file, and standard input is a terminal, which would show the password. Leave the option out to be asked.',
    )
  }
  if (stdin.isTTY) return undefined
  if (passwordStdin) return cutNewline(decode(await readBytes(stdin)))
  throw new UsageError(
    'There is no terminal to ask for the password at. Give it on standard input with --password-stdin.',
  )
}

/** Stops once the password is certainly too long; the check that follows reports it. */
async function readBytes(stdin: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stdin) {
    chunks.push(chunk)
    length += chunk.length
    if (length > passwordMaxBytes + '\r\n'.length) break
  }
  return Buffer.concat(chunks)
}

/** A byte order mark is part of the password, too: only the newline is removed. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new Failure(describeFields({ password: ['Not a valid string: it must be UTF-8.'] }), { cause })
  }
}

function cutNewline(text: string): string {
  return text.replace(/\r?\n$/, '')
}
