import { type Admin, findUser, type UserForOperator } from '@pockitflyer/auth/admin'
import { emailToFind } from '@pockitflyer/auth-protocol/schemas'
import { operator } from '../cli.ts'
import { Failure } from '../failure.ts'
import { escapeControls } from '../output/escape.ts'
import { validate } from '../validate.ts'

/**
 * Returns the user with this email, in any case.
 * @throws {Failure} there is none
 */
export async function getUser(admin: Admin, email: string): Promise<UserForOperator> {
  const wanted = validate(emailToFind, email, 'email')
  const user = await findUser(admin, operator, { email: wanted })
  if (user === undefined) throw new Failure(`There is no user with the email ${escapeControls(wanted)}.`)
  return user
}
