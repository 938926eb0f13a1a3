import { type Auth, findUserRecord, type UserRecord } from '@pockitflyer/auth'
import { emailToFind } from '@pockitflyer/auth-protocol/schemas'
import { Failure } from '../failure.ts'
import { escapeControls } from '../output/escape.ts'
import { validate } from '../validate.ts'

/**
 * The user with this email, whatever its case.
 * @throws {Failure} there is none
 */
export async function getUser(db: Auth['db'], email: string): Promise<UserRecord> {
  const wanted = validate(emailToFind, email, 'email')
  const user = await findUserRecord(db, wanted)
  if (user === undefined) throw new Failure(`There is no user with the email ${escapeControls(wanted)}.`)
  return user
}
