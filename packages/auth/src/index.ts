export { addUser } from './accounts/add-user.ts'
export { newAccount, type NewAccount } from './accounts/new-account.ts'
export { endSessionsOfUser } from './accounts/end-sessions-of-user.ts'
export { setActive } from './accounts/set-active.ts'
export { setPassword } from './accounts/set-password.ts'
export { type Auth, type AuthDependencies, createAuth } from './auth.ts'
export { type AuthConfig, authSettings, readConfig } from './config/config.ts'
export { type KeyConfig, keySettings } from './config/keys.ts'
export { type PasswordConfig, passwordSettings } from './config/passwords.ts'
export { ConfigError, readSettings } from './config/read-settings.ts'
export { userIdSettings } from './config/user-ids.ts'
export { type ChangedCollation, listChangedCollations } from './db/postgres/collations.ts'
export { type ConnectOptions, connect, type PoolCounts } from './db/postgres/connect.ts'
export type { Database } from './db/database.ts'
export { type EmailCollision, listEmailCollisions } from './db/emails.ts'
export { deleteOldEvents, type EventRecord, listEvents } from './db/auth-events.ts'
export type { ClientInfo } from './db/auth-events.ts'
export {
  findNewerMigrations,
  findPendingMigrations,
  MigrationError,
  migrateToLatest,
} from './db/postgres/migrate.ts'
export {
  deleteEndedSessions,
  findSessionForOperator as findSessionRecord,
  listSessionsForOperator as listSessionRecords,
  type SessionForOperator as SessionRecord,
} from './db/session-lists.ts'
export type { Report } from './db/migrations/stepwise.ts'
export type { Statement } from './db/postgres/pooled-database.ts'
export { assertTakesWrites, getServerFacts, type ServerFacts } from './db/postgres/server-facts.ts'
export { getUserIdState, type UserIdState } from './db/new-users.ts'
export { type HashKind, listHashKinds } from './db/password-hashes.ts'
export {
  findUserForOperator as findUserRecord,
  listUsersForOperator as listUsers,
  type UserForOperator as UserRecord,
} from './db/user-lists.ts'
export { AuthError } from './errors.ts'
export type { StoreObserver } from './throttle/fallback-store.ts'
export type { RedisClient } from './throttle/redis-store.ts'
export type { Call, Observer, RefreshOutcome } from './observer.ts'
export { isAffordable } from './passwords/costs.ts'
export { createPasswords, type Load, type Passwords } from './passwords/passwords.ts'
export { generateKey } from './tokens/generate-key.ts'
export {
  type AsymmetricAlgorithm,
  asymmetricAlgorithms,
  type AsymmetricKey,
  toPrivateJwk,
  toPublicJwk,
} from './tokens/keys.ts'
