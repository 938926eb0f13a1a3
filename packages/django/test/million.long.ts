import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createMove } from './support/move.ts'

const users = Number(process.env['IMPORT_USERS'] ?? 1_000_000)

const message = z.object({ users: z.number(), mib: z.number() })

/** Hashes of every family, spread over the users. */
const hashes = [
  "'pbkdf2_sha256$1000000$salt' || n || '$' || repeat('A', 43) || '='",
  "'argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$' || md5(n::text)",
  "'bcrypt_sha256$$2b$12$' || rpad(md5(n::text), 53, 'x')",
  "'scrypt$16384$salt' || n || '$8$5$' || repeat('A', 86) || '=='",
  "'md5$salt$' || md5(n::text)",
  "'pbkdf2_sha1$870000$salt$' || repeat('A', 27) || '='",
  "'!' || md5(n::text)",
]

const fill = `
  insert into auth_group (name) values ('editors'), ('readers');
  insert into users_customuser (id, password, last_login, is_superuser, email, is_active, is_staff, date_joined)
  select n, case n % 7 ${hashes.map((hash, at) => `when ${at} then ${hash}`).join(' ')} end,
    case when n % 3 > 0 then timestamptz '2026-01-01' + n * interval '1.000001 second' end, n % 1000 = 0,
    case when n % 50 = 0 then 'Twin-' || n + 1 else case when n % 50 = 1 then 'twin-' || n else 'User-' || n end end || '@example.com',
    n % 11 > 0, n % 100 = 0, timestamptz '2015-01-01' + n * interval '10.000007 seconds'
  from generate_series(1, ${users}) as n;
  insert into users_profile (display_name, bio, user_id) select 'Ünï ' || id, repeat('bio ', id::int % 20), id from users_customuser where id % 13 > 0;
  insert into users_customuser_groups (customuser_id, group_id) select id, 1 + id % 2 from users_customuser where id % 10 = 0;
  analyze`

/** A checksum over all columns, by statements that share nothing with the import. */
const there = `
  select md5(string_agg(md5(concat_ws('|', u.id, u.email, u.password, u.is_active, u.is_staff, u.is_superuser, (
      select string_agg(g.name, ',' order by g.name) from users_customuser_groups m join auth_group g on g.id = m.group_id where m.customuser_id = u.id),
    extract(epoch from u.date_joined), coalesce(extract(epoch from u.last_login)::text, 'never'),
    coalesce(p.display_name, 'Anonymous User'), coalesce(p.bio, ''))), '' order by u.id)) as sum, count(*)::text as count
  from users_customuser u left join users_profile p on p.user_id = u.id`
const here = `
  select md5(string_agg(md5(concat_ws('|', u.id, u.email, u.password_hash, u.is_active, 'staff' = any(u.roles), 'superuser' = any(u.roles), (
      select string_agg(substr(r, 7), ',' order by substr(r, 7)) from unnest(u.roles) r where r like 'group:%'),
    extract(epoch from u.created_at), coalesce(extract(epoch from u.last_login_at)::text, 'never'),
    p.display_name, p.bio)), '' order by u.id)) as sum, count(*)::text as count
  from users u join profiles p on p.user_id = u.id`

test('a million users arrive whole, though the import is killed five times', async () => {
  const move = await createMove('service-5.2')
  try {
    await move.django.run(fill)
    const startedAt = performance.now()
    let [kills, peakMib] = [0, 0]
    for (let code: number | null = null; code !== 0; ) {
      const child = fork(
        join(import.meta.dirname, 'support/import-process.ts'),
        [move.django.url, move.url],
        {
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        },
      )
      child.on('message', (progress) => {
        const { users: done, mib } = message.parse(progress)
        peakMib = Math.max(peakMib, mib)
        if (kills < 5 && done >= users / 7) child.kill('SIGKILL')
      })
      await once(child, 'exit')
      code = child.exitCode
      if (code === null) kills += 1
      else if (code !== 0) throw new Error(`exit ${code}`)
    }
    const seconds = (performance.now() - startedAt) / 1000
    const [left, right] = [
      (await sql.raw(there).execute(move.django.db)).rows,
      (await sql.raw(here).execute(move.db)).rows,
    ]
    const { rows: unreachable } = await sql`
      select id from users u where not exists (select from emails e where e.user_id = u.id)`.execute(move.db)
    process.stdout.write(`${users} users, ${kills} kills: ${seconds.toFixed(0)} s, at most ${peakMib} MiB\n`)
    expect([kills, right, unreachable]).toEqual([5, left, []])
    expect(await move.run()).toMatchObject({ inserted: 0, updated: 0, unchanged: users })
  } finally {
    await move.close()
  }
}, 3_600_000)
