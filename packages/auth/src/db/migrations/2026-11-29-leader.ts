import { type Kysely, sql } from 'kysely'
import { copyGrants } from './online-steps.ts'

/**
 * Which side may write accounts while users move in from Django, or back: `accounts`, this service,
 * unless a command says otherwise. While Django leads, `logged_in_here_at` holds the last login.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table leadership (
      is_only boolean primary key default true check (is_only),
      leader text not null default 'accounts' check (leader in ('accounts', 'django')),
      since timestamptz not null default now()
    )`.execute(db)
  await sql`insert into leadership default values`.execute(db)
  await sql`alter table users add column logged_in_here_at timestamptz`.execute(db)
  await copyGrants(db, { from: 'users', to: 'leadership' })
}
