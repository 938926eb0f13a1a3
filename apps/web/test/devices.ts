import { getPool } from '@pockitflyer/auth/mails'
import type { Accounts } from './accounts.ts'

/** Copies the session of a user, each five minutes older than the one before. */
const insertCopies = `
  insert into sessions
  select copy.* from sessions join users on users.id = sessions.user_id, generate_series(1, $2::int) as n,
    jsonb_populate_record(sessions, jsonb_build_object(
      'id', gen_random_uuid(),
      'created_at', now() - n * interval '5 minutes',
      'last_used_at', now() - n * interval '5 minutes')) as copy
  where users.email = $1`

/** Gives a user with one session as many more. */
export async function addDevices(db: Accounts['db'], email: string, count: number): Promise<void> {
  await getPool(db).query(insertCopies, [email, count])
}

/** Ends every session of a user, as an operator does. */
export async function removeDevices(db: Accounts['db'], email: string): Promise<void> {
  const text = 'delete from sessions using users where users.id = sessions.user_id and users.email = $1'
  await getPool(db).query(text, [email])
}
