import type { Auth } from '../auth.ts'
import { AuthError } from '../errors.ts'

/**
 * Accepts a password of at least `PASSWORD_MIN_LENGTH` characters that is not a common one.
 * @throws {AuthError} invalid_input with the problems under `field`
 */
export async function assertPasswordAllowed(
  { passwords }: Pick<Auth, 'passwords'>,
  password: string,
  field = 'password',
): Promise<void> {
  const problems = await passwords.findProblems(password)
  if (problems.length > 0) throw new AuthError('invalid_input', { fields: { [field]: problems } })
}
