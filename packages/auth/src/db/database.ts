import type { EventKind } from './event-kinds.ts'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type {
  EmailChangesTable,
  MailboxMailsTable,
  OneTimeTokensTable,
  OutgoingMailsTable,
  RegistrationsTable,
} from './mail-tables.ts'

interface UsersTable {
  id: GeneratedAlways<number>
  email: string
  password_hash: string
  is_active: Generated<boolean>
  created_at: Generated<Date>
  last_login_at: Date | null
  password_changed_at: Generated<Date>
  /**
   * When all of the user's sessions were ended last: what the Django service minted before counts
   * no more.
   */
  sessions_ended_at: Date | null
  /**
   * False: a server of the version before added the user, and `emails` has no row of theirs yet.
   */
  email_is_folded: Generated<boolean>
  /** When the user last proved to read their email. */
  email_verified_at: Date | null
  /** Whether the user gets mails of new devices. */
  mails_new_devices: Generated<boolean>
  /** The language of mails to the user (BCP 47); null: that of the request that causes a mail. */
  locale: string | null
  /** `staff`, `superuser` and `group:NAME`, as they come from Django. */
  roles: Generated<string[]>
  /** The last login here while Django led, whose own `last_login_at` holds. */
  logged_in_here_at: Date | null
}

/**
 * Users whom a Django service has. A row outlives its user here, until Django has deleted the user
 * too.
 */
interface DjangoUsersTable {
  user_id: number
  /** Of the row there that was imported or exported last; empty: Django has none. */
  digest: string
  /** Why Django does not have the user as this service does; null: it does. */
  problem: string | null
}

/** Changes of users that wait to be exported to a Django service. */
interface DjangoChangesTable {
  change: GeneratedAlways<number>
  user_id: number
  changed_at: Generated<Date>
}

/** Imports that have begun and not ended. */
interface DjangoImportsTable {
  task: string
  /** The database or file that is imported. */
  source: string
  /** The id of the row that was imported last. */
  position: number
  updated_at: Generated<Date>
}

/** The one row that says who may write accounts. */
interface LeadershipTable {
  leader: Generated<Leader>
  since: Generated<Date>
}

/** Who may write accounts: this service or, before it takes over, the Django service. */
export type Leader = 'accounts' | 'django'

/** Who has which folded email: the only place where an email is unique. */
interface EmailsTable {
  email: string
  user_id: number
  /** A former email of the user: until then no other account can take it. */
  kept_until: Date | null
}

/**
 * Users whose folded email, `email`, another owns: `emails` has their exact spelling, where that is
 * another.
 */
interface EmailCollisionsTable {
  user_id: number
  email: string
}

interface ProfilesTable {
  user_id: number
  display_name: Generated<string>
  bio: Generated<string>
}

/** Why a session ended before its time. */
export type RevocationReason =
  | 'logout'
  | 'reuse'
  | 'password_changed'
  | 'password_reset'
  | 'undo'
  | 'deactivated'
  | 'operator'
  | 'user'
  | 'session_limit'

interface SessionsTable {
  id: string
  user_id: number
  generation: Generated<number>
  rotated_at: Generated<Date>
  created_at: Generated<Date>
  last_used_at: Generated<Date>
  expires_at: Date
  ends_at: Date
  revoked_at: Date | null
  revoked_because: RevocationReason | null
  user_agent: string | null
  ip: string | null
  adopted_jti: string | null
  /** When an old refresh token of the session was presented last. */
  reused_at: Date | null
  /**
   * The newest generation that a token presented to this service was of. A rotation leaves it one
   * behind `generation`, until the new pair is met; anything else says that the pair arrived, also
   * null: the version before does not keep it.
   */
  delivered_generation: number | null
  /**
   * The `iat` of the session's refresh token; null in a row that the version before made: then it
   * is `rotated_at`.
   */
  issued_at: Date | null
  /** Of a session that a change of password started: the session that asked, or else the token. */
  password_change_by: string | null
  /** A PHC string of both passwords of that change. */
  password_change_hash: string | null
}

/** Events that concern no user, and those of users who were deleted long ago. */
interface EventsWithoutUserTable {
  id: Generated<number>
  at: Generated<Date>
  kind: EventKind
  session_id: string | null
  ip: string | null
  user_agent: string | null
  detail: ColumnType<unknown, string | null, never>
}

interface AuthEventsTable extends EventsWithoutUserTable {
  user_id: number
}

/** The tables of the account service, as Kysely types. */
export interface Database {
  users: UsersTable
  emails: EmailsTable
  email_collisions: EmailCollisionsTable
  profiles: ProfilesTable
  sessions: SessionsTable
  auth_events: AuthEventsTable
  events_without_user: EventsWithoutUserTable
  one_time_tokens: OneTimeTokensTable
  email_changes: EmailChangesTable
  registrations: RegistrationsTable
  outgoing_mails: OutgoingMailsTable
  mailbox_mails: MailboxMailsTable
  django_users: DjangoUsersTable
  django_changes: DjangoChangesTable
  django_imports: DjangoImportsTable
  leadership: LeadershipTable
}
