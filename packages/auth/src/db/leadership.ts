import { type Kysely, sql, type Transaction } from 'kysely'
import { isDistributed } from './citus/distribution.ts'
import type { Database, Leader } from './database.ts'

/** Who may write accounts, and since when. */
export interface Leadership {
  leader: Leader
  since: Date
  /** Whether Django ever led: from then on PostgreSQL looks who does. */
  isBesideDjango: boolean
}

/** Reads who may write accounts. */
export async function getLeadership(db: Kysely<Database>): Promise<Leadership> {
  return db
    .selectFrom('leadership')
    .select(['leader', 'since'])
    .select(
      sql<boolean>`exists (
        select from pg_trigger where tgrelid = 'users'::regclass and tgname = 'refuse_while_django_leads')`.as(
        'isBesideDjango',
      ),
    )
    .executeTakeFirstOrThrow()
}

const refusals = {
  accounts:
    'This service leads: nothing of Django is imported any more, so that no change made here is lost.',
  django: 'Django leads: nothing is exported to it, so that no change made there is lost.',
  distributed:
    'Citus distributes the tables, and takes no triggers on them: Django can neither lead nor be exported to.',
}

/**
 * What one side has may not be written to the other, which leads.
 * @example if (error instanceof LeaderError) console.error(error.message)
 */
export class LeaderError extends Error {
  override readonly name = 'LeaderError'

  constructor(reason: Leader | 'distributed') {
    super(refusals[reason])
  }
}

/** SQL for the advisory lock that writers share and a change of the leader takes alone. */
const key = sql`hashtext('pockitflyer-auth leadership')`

/**
 * Records who may write accounts, once every transaction that writes one has ended. Returns false
 * if it was so already.
 */
export async function updateLeader(tx: Transaction<Database>, leader: Leader): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${key})`.execute(tx)
  const changed = await tx
    .updateTable('leadership')
    .set({ leader, since: sql`now()` })
    .where('leader', '!=', leader)
    .returning('leader')
    .executeTakeFirst()
  return changed !== undefined
}

/**
 * Lets the transaction write what comes from Django: `guardAccounts` lets it through, and the
 * leader stays as it is until the transaction ends.
 * @throws {LeaderError} this service took over from Django
 */
export async function writeForDjango(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${key}), set_config('auth.from_django', 'on', true)`.execute(
    tx,
  )
  const { leader, isBesideDjango } = await getLeadership(tx)
  if (leader === 'accounts' && isBesideDjango) throw new LeaderError(leader)
}

/**
 * Keeps this service the leader until the transaction ends.
 * @throws {LeaderError} Django leads
 */
export async function keepLeading(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${key})`.execute(tx)
  const { leader } = await getLeadership(tx)
  if (leader === 'django') throw new LeaderError(leader)
}

/**
 * Lets every transaction that writes an account end, and later ones wait until this one is over.
 * @throws {LeaderError} Django leads
 */
export async function holdAccounts(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${key})`.execute(tx)
  await keepLeading(tx)
}

const followerKey = sql`hashtext('pockitflyer-auth django follower')`

/** Lets this session alone follow Django, until `unlockFollower`. Returns false if another does. */
export async function lockFollower(session: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ isHeld: boolean }>`
    select pg_try_advisory_lock(${followerKey}) as "isHeld"`.execute(session)
  return rows[0]?.isHeld ?? false
}

/** Lets others follow Django. */
export async function unlockFollower(session: Kysely<Database>): Promise<void> {
  await sql`select pg_advisory_unlock(${followerKey})`.execute(session)
}

/** SQLSTATE of a write that the guard refused. */
const refusedState = 'DJ001'

/** Returns whether a statement failed because Django leads. */
export function isRefusedForDjango(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === refusedState
}

/**
 * Makes PostgreSQL refuse every write to accounts while Django leads, of any client: a procedure
 * that looked at the leader just before it changed, the operator's tool, a server of the version
 * before. A login goes through: its hash stays as it is, and its time goes to `logged_in_here_at`.
 * Only a service beside Django pays for these triggers. Repeatable.
 * @throws {LeaderError} the tables are distributed
 */
export async function guardAccounts(tx: Transaction<Database>): Promise<void> {
  if (await isDistributed(tx)) throw new LeaderError('distributed')
  await sql`
    create or replace function refuse_while_django_leads() returns trigger
    language plpgsql set search_path from current as $$
    declare
      is_login boolean := false;
    begin
      if current_setting('auth.from_django', true) is distinct from 'on' then
        perform pg_advisory_xact_lock_shared(${key});
        if (select leader = 'django' from leadership) then
          if tg_table_name = 'users' and tg_op = 'UPDATE' then
            is_login := new.last_login_at is distinct from old.last_login_at
              and (new.email, new.is_active, new.password_changed_at, new.email_verified_at)
                is not distinct from (old.email, old.is_active, old.password_changed_at, old.email_verified_at);
          end if;
          if not is_login then
            raise exception 'Django leads: accounts cannot be changed here' using errcode = ${sql.lit(refusedState)};
          end if;
          new.logged_in_here_at := new.last_login_at;
          new.last_login_at := old.last_login_at;
          new.password_hash := old.password_hash;
        end if;
      end if;
      if tg_op = 'DELETE' then
        return old;
      end if;
      return new;
    end $$`.execute(tx)
  await sql`
    create or replace trigger refuse_while_django_leads
    before insert or delete or update of id, email, password_hash, is_active, created_at, last_login_at, email_verified_at
    on users for each row execute function refuse_while_django_leads()`.execute(tx)
  await sql`
    create or replace trigger refuse_while_django_leads before insert or delete or update
    on profiles for each row execute function refuse_while_django_leads()`.execute(tx)
}

/**
 * Takes the logins of the time when Django led into `last_login_at`, at most a thousand users.
 * Returns how many.
 */
export async function mergeLoginsHere(db: Kysely<Database>): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update users set last_login_at = greatest(last_login_at, logged_in_here_at), logged_in_here_at = null
    where id in (select id from users where logged_in_here_at is not null limit 1000)`.execute(db)
  return Number(numAffectedRows)
}
