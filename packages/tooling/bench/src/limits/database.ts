import { randomInt } from 'node:crypto'
import pg from 'pg'
import { rotateSession } from '../baseline/statements.ts'
import { sessionIdOf } from '../data/credentials.ts'
import { type Limit, loop } from './loop.ts'

/**
 * Measures refresh statements a second over ten connections, the size of the service's pool: no
 * refresh is faster.
 */
export async function measureDatabaseLimit(
  { databaseUrl, users }: { databaseUrl: string; users: number },
  seconds: number,
): Promise<Limit> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
  try {
    const { rows } = await pool.query<{ id: string; user: number; generation: number }>(
      'select id, user_id::int as user, generation from sessions where id = any($1)',
      [Array.from({ length: connections }, () => sessionIdOf(randomInt(users) + 1))],
    )
    return await loop({ seconds, workers: rows.length }, (worker) => {
      const session = rows[worker] ?? { id: '', user: 0, generation: 0 }
      return () => {
        const values = [session.id, session.user, session.generation++, 'bench', '127.0.0.1']
        return pool.query({ ...rotateSession, values })
      }
    })
  } finally {
    await pool.end()
  }
}

const connections = 10
