import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Statements a second of PostgreSQL by itself. */
export interface PgbenchLimits {
  /** A session's row, changed where its generation is still known: the core of a refresh. */
  updates: number
  /** A session with its user and profile by key: the core of `me`. */
  lookups: number
}

/** The id of a seeded session, as `sessionIdOf` computes it. */
const session = `(substr(md5((:n)::int::text), 1, 8) || '-0000-4000-8000-' || lpad(to_hex((:n)::int), 12, '0'))::uuid`

const statements = {
  updates: `update sessions set generation = generation + 1, last_used_at = now()
    where user_id = (:n)::int and id = ${session} and revoked_at is null and generation >= 0;`,
  lookups: `select u.id, u.email, p.display_name, p.bio, s.id from users u join profiles p on p.user_id = u.id
    left join sessions s on s.user_id = u.id and s.id = ${session} and s.revoked_at is null where u.id = (:n)::int;`,
}

/**
 * Returns what pgbench reaches with as many connections as the service has; undefined without it.
 */
export function measurePgbench(
  { databaseUrl, users }: { databaseUrl: string; users: number },
  seconds: number,
): PgbenchLimits | undefined {
  if (spawnSync('pgbench', ['--version']).error !== undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'bench-pgbench-'))
  try {
    const rate = (name: keyof typeof statements) => {
      const file = join(folder, `${name}.sql`)
      writeFileSync(file, `\\set n random(1, ${users})\n${statements[name].replaceAll(/\s+/g, ' ')}\n`)
      const load = ['-n', '-M', 'prepared', '-c', '10', '-j', '2', '-T', String(seconds), '-f', file]
      const output = execFileSync('pgbench', [...load, databaseUrl], { encoding: 'utf8', stdio: 'pipe' })
      return Number(/^tps = ([\d.]+)/m.exec(output)?.[1])
    }
    return { updates: rate('updates'), lookups: rate('lookups') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
