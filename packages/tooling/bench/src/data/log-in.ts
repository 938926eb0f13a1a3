import { randomInt, randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Credentials, emailOf, sessionIdOf, sign } from './credentials.ts'

/**
 * Returns the credentials of random users of a seeded database, without a login: their tokens match
 * the current sessions.
 */
export async function logIn(
  url: string,
  { users, count }: { users: number; count: number },
): Promise<Credentials[]> {
  const drawn = new Set<number>()
  while (drawn.size < Math.min(count, users)) drawn.add(randomInt(users) + 1)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ n: number; generation: number }>(
    'select user_id::int as n, generation from sessions where id = any($1) order by random()',
    [[...drawn].map(sessionIdOf)],
  )
  await client.end()
  return rows.map(mint)
}

function mint({ n, generation }: { n: number; generation: number }): Credentials {
  const now = Math.floor(Date.now() / 1000)
  const times = { exp: now + 86_400, iat: now }
  const owner = { user_id: n, email: emailOf(n), sid: sessionIdOf(n) }
  const id = () => randomUUID().replaceAll('-', '')
  return {
    email: emailOf(n),
    access: sign({ token_type: 'access', ...times, jti: id(), ...owner }),
    refresh: sign({ token_type: 'refresh', ...times, jti: id(), ...owner, gen: generation }),
  }
}
