import { AuthError } from '@pockitflyer/auth'
import { addUser, type Admin, setActive, setEmail } from '@pockitflyer/auth/admin'
import { type RawBuilder, sql } from 'kysely'
import { operator } from './settings.ts'

/** SQL for a random change in Django. */
export function randomChangeInDjango(random: () => number): string {
  const name = `user-${Math.floor(random() * 9)}`
  const email = pick(random, [
    `${name}@example.com`,
    `${name.toUpperCase()}@example.com`,
    `${name}@Example.com`,
  ])
  const user = `(select id from users_customuser order by id
    offset (select floor(${random()} * count(*)) from users_customuser) limit 1)`
  return pick(random, [
    `update users_customuser set password = 'md5$salt$' || md5(random()::text) where id = ${user}`,
    `update users_customuser set email = '${email}' where id = ${user}`,
    `update users_customuser set is_active = not is_active, is_staff = random() < 0.5 where id = ${user}`,
    `update users_customuser set last_login = now() where id = ${user}`,
    `insert into users_profile (display_name, bio, user_id) values ('Name', md5(random()::text), ${user})
       on conflict (user_id) do update set bio = excluded.bio`,
    `insert into users_customuser_groups (customuser_id, group_id) select ${user}, id from auth_group limit 1 on conflict do nothing`,
    'delete from users_customuser_groups',
    `with token as (
       insert into token_blacklist_outstandingtoken (jti, token, created_at, expires_at, user_id)
       values (md5(random()::text), 'x.e30.y', now(), now() + interval '1 day', ${user}) returning id)
     insert into token_blacklist_blacklistedtoken (blacklisted_at, token_id) select now(), id from token`,
    `with added as (
       insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
       values ('!', false, '${email}', true, false, now()) returning id)
     insert into users_profile (display_name, bio, user_id) select 'New', '', id from added`,
    `do $$ declare gone bigint := ${user}; begin
       update token_blacklist_outstandingtoken set user_id = null where user_id = gone;
       delete from users_customuser_groups where customuser_id = gone;
       delete from users_profile where user_id = gone;
       delete from users_customuser where id = gone;
     end $$`,
  ])
}

/** A random change in this service, by what its procedures write. */
export async function changeHere(admin: Admin, random: () => number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from users order by id offset (select floor(${random()}::float8 * count(*)) from users) limit 1`.execute(
    admin.db,
  )
  const userId = rows[0]?.id ?? 0
  const email = `${pick(random, ['user', 'User', 'USER'])}-${Math.floor(random() * 9)}@example.com`
  const run = (statement: RawBuilder<unknown>) => statement.execute(admin.db)
  const acts = [
    () =>
      run(sql`update users set password_hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$' || md5(random()::text),
      password_changed_at = now() where id = ${userId}`),
    () => setEmail(admin, operator, { userId, email }),
    () => setActive(admin, operator, { userId, isActive: random() < 0.5 }),
    () => run(sql`update users set last_login_at = now() where id = ${userId}`),
    () =>
      run(
        sql`update users set roles = ${pick(random, ['{staff}', '{group:editors,group:new}', '{}'])} where id = ${userId}`,
      ),
    () =>
      run(
        sql`update profiles set display_name = 'Name', bio = md5(random()::text) where user_id = ${userId}`,
      ),
    () => addUser(admin, operator, { email, password: 'seven ferries at noon', is_active: true }),
    () => run(sql`delete from users where id = ${userId}`),
  ] as const
  await pick(random, acts)()
}

const pick = <Item>(random: () => number, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random() * items.length)] ?? items[0]

/** Two users may ask for one email, and a change may find no user. */
export function ignoreTaken(error: unknown): void {
  if (error instanceof AuthError && error.code === 'invalid_input') return
  if (!(error instanceof Error && 'code' in error && ['23505', '23502'].includes(String(error.code))))
    throw error
}

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
