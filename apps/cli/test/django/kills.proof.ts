import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createDjango, type DjangoDatabase } from '@pockitflyer/django/testing'
import { createPool } from '@pockitflyer/postgres-pool'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bareEnvironment, mainFile } from '../support/run-cli.ts'
import { createService, type Service } from '../support/service.ts'

const users = 200
const kills = 5
/** Changes between two starts of the command. */
const changes = 150

let service: Service
let django: DjangoDatabase
let here: ReturnType<typeof createPool>
beforeAll(async () => {
  service = await createService()
  here = createPool({ url: service.env.DATABASE_URL })
  django = await createDjango('service-5.2')
  await django.run(`
    insert into auth_group (name) values ('editors'), ('writers');
    insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
    select n, '!', false, 'user-' || n || '@example.com', true, false, now() from generate_series(1, ${users}) as n;
    insert into users_profile (display_name, bio, user_id) select 'User ' || id, '', id from users_customuser`)
  await run('follow', '--once')
})
afterAll(async () => {
  await here.end()
  await django.close()
  await service.close()
})

async function run(...args: string[]): Promise<void> {
  const { code, stderr } = await service.run(['django', ...args, '--source', django.url])
  expect([args, code, stderr]).toEqual([args, 0, ''])
}

function start(...args: string[]) {
  return spawn(process.execPath, [mainFile, 'django', ...args, '--source', django.url], {
    env: bareEnvironment(service.env),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Starts a command again and again, and kills each after a random number of changes. */
async function killAmidChanges(args: string[], change: (user: number) => Promise<unknown>): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    const child = start(...args)
    const ended = once(child, 'exit')
    // The first line comes after the first comparison: some are killed amid that.
    if (kill % 3 > 0) await Promise.race([once(child.stdout, 'data'), ended])
    expect(child.exitCode).toBeNull()
    child.stdout.resume()
    const last = Math.floor(Math.random() * changes)
    for (let made = 0; made < changes; made += 1) {
      await change(1 + Math.floor(Math.random() * users))
      if (made === last) child.kill('SIGKILL')
    }
    expect(await ended).toEqual([null, 'SIGKILL'])
  }
}

const pick = (statements: string[]) => statements[Math.floor(Math.random() * statements.length)] ?? ''

test('follow, killed at random moments, loses nothing', async () => {
  await killAmidChanges(['follow'], (user) =>
    django.run(
      pick([
        `update users_customuser set password = 'md5$salt$' || md5(random()::text) where id = ${user}`,
        `update users_customuser set email = 'user-${user}-' || (random() * 1e9)::int || '@example.com' where id = ${user}`,
        `update users_customuser set is_active = not is_active where id = ${user}`,
        `update users_profile set bio = md5(random()::text) where user_id = ${user}`,
        `insert into users_customuser_groups (customuser_id, group_id) select id, 1 from users_customuser where id = ${user} on conflict do nothing`,
        `delete from users_customuser_groups where customuser_id = ${user};
         delete from users_profile where user_id = ${user}; delete from users_customuser where id = ${user}`,
      ]),
    ),
  )
  await run('follow', '--once')
  await run('status')
  await run('switch')
})

test('export --follow, killed at random moments, loses nothing', async () => {
  await killAmidChanges(['export', '--follow'], (user) =>
    here.query(
      pick([
        `update users set password_hash = '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$' || md5(random()::text) where id = ${user}`,
        `update users set email = 'user-${user}-' || (random() * 1e9)::int || '@example.com', last_login_at = clock_timestamp() where id = ${user}`,
        `update users set is_active = not is_active where id = ${user}`,
        `update users set roles = case when roles = '{}' then '{group:editors,staff}'::text[] else '{}' end where id = ${user}`,
        `update profiles set bio = md5(random()::text) where user_id = ${user}`,
        `delete from users where id = ${user}`,
        `with added as (insert into users (email, password_hash) values ('new-' || random() || '@example.com', '!') returning id)
         insert into profiles (user_id) select id from added`,
      ]),
    ),
  )
  await run('export')
  await run('status')
})

test('export --follow brings Django a change within five seconds', async () => {
  const child = start('export', '--follow')
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  child.stdout.resume()
  await here.query(
    `with added as (insert into users (email, password_hash) values ('seen@example.com', '!') returning id)
     insert into profiles (user_id) select id from added`,
  )
  const isThere = () => django.run(`select 1 as found from users_customuser where email = 'seen@example.com'`)
  await expect.poll(isThere, { timeout: 5000 }).toMatchObject({ rows: [{ found: 1 }] })
  child.kill('SIGINT')
  await ended
})
