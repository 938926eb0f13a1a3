import { type Kysely, PostgresAdapter, PostgresDialect, type PostgresDialectConfig } from 'kysely'
import type pg from 'pg'
import type { Database } from '../database.ts'

/** How the service's connections name themselves; where Citus is, with an addition. */
export const applicationName = 'pockitflyer-auth'

const hasCitus = `exists (select from pg_extension where extname = 'citus')`

/**
 * Asks for Citus, and forces generic plans where it is not: otherwise PostgreSQL replans array
 * parameters on every call. Citus cannot plan joins so, and statements with `now()` in RETURNING
 * crash its server: there the setting is never made.
 */
const prepareSession = `
  select has_citus as "hasCitus", set_config('plan_cache_mode', case when has_citus then 'auto' else 'force_generic_plan' end, false),
    case when has_citus then set_config('application_name', current_setting('application_name') || ' on citus', false) end
  from (select ${hasCitus}) as found (has_citus)`

/**
 * What is behind a pool: PostgreSQL, or Citus, which takes some statements in another form. Kysely
 * hands its adapter from a database on to its transactions.
 */
export class Engine extends PostgresAdapter {
  /** `undefined` before the first connection. */
  isCitus: boolean | undefined

  /**
   * Asks a new connection. Where the pool prepares no statements, one answer counts for all, and
   * the connection keeps its settings: a pooler may hand it to another client.
   */
  async open(client: pg.ClientBase, { prepares }: { prepares: boolean }): Promise<void> {
    if (!prepares && this.isCitus !== undefined) return
    const text = prepares ? prepareSession : `select ${hasCitus} as "hasCitus"`
    const { rows } = await client.query<{ hasCitus: boolean }>(text)
    this.isCitus = rows[0]?.hasCitus === true
  }
}

/** Kysely's dialect with an adapter that knows the engine. */
export class EngineDialect extends PostgresDialect {
  readonly #engine: Engine

  constructor(config: PostgresDialectConfig, engine: Engine) {
    super(config)
    this.#engine = engine
  }

  override createAdapter(): Engine {
    return this.#engine
  }
}

/**
 * Returns whether a database is one of Citus. The first call opens a connection, if none is open.
 */
export async function isCitus(db: Kysely<Database>): Promise<boolean> {
  const { adapter } = db.getExecutor()
  if (!(adapter instanceof Engine)) return false
  if (adapter.isCitus === undefined) await db.connection().execute(async () => {})
  return adapter.isCitus === true
}

/**
 * Returns a function that calls the first of two in PostgreSQL and the second in Citus. It adds no
 * turn of the event loop once a connection has been open.
 */
export function byEngine<Db extends Kysely<Database>, Args extends unknown[], Result>(
  postgres: (db: Db, ...args: Args) => Promise<Result>,
  citus: (db: Db, ...args: Args) => Promise<Result>,
): (db: Db, ...args: Args) => Promise<Result> {
  return (db, ...args) => {
    const { adapter } = db.getExecutor()
    const known = adapter instanceof Engine ? adapter.isCitus : false
    if (known === undefined) return isCitus(db).then((is) => (is ? citus : postgres)(db, ...args))
    return (known ? citus : postgres)(db, ...args)
  }
}
