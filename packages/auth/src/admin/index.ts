export { type HashKind } from '../db/password-hashes.ts'
export type { EmailCollision } from '../db/emails.ts'
export type { DeadToken } from '../db/dead-tokens.ts'
export type { ExportProblem } from '../db/django-users.ts'
export type { ImportProgress } from '../db/django-imports.ts'
export type { ImportedUser } from '../db/imported-users.ts'
export type { EventMonths } from '../db/postgres/event-months.ts'
export type { EventFilter, EventForOperator, EventPosition } from '../db/event-lists.ts'
export type { Leader } from '../db/database.ts'
export { LeaderError, type Leadership } from '../db/leadership.ts'
export type { MailForOperator, MailState, WaitingMails } from '../db/mail-lists.ts'
export type { ChangedCollation } from '../db/postgres/collations.ts'
export { findNewerMigrations, findPendingMigrations, MigrationError } from '../db/postgres/migrate.ts'
export type { ServerFacts } from '../db/postgres/server-facts.ts'
export type { SessionForOperator } from '../db/session-lists.ts'
export { type UserFilter, type UserForOperator, type UserOrder, userOrders } from '../db/user-lists.ts'
export { eventKinds } from '../db/event-kinds.ts'
export type { AccountCounts } from '../db/account-counts.ts'
export type { RegularJob } from '../db/jobs.ts'
export type { UserRows } from '../db/erased-users.ts'
export type { UserIdState } from '../db/new-users.ts'
export { isAffordable } from '../passwords/costs.ts'
export { createPasswords } from '../passwords/passwords.ts'
export { addUser } from './add-user.ts'
export { type Admin, adminSettings, createAdmin } from './admin.ts'
export { demoEmail } from './demo-email.ts'
export { distribute, type Distribution, type DistributeOptions } from './distribute.ts'
export { addEventMonths, listEvents, pruneEvents } from './events.ts'
export {
  countDeadTokens,
  type ImportedBatch,
  importDeadTokens,
  importUsers,
  type TokensToImport,
  type UsersToImport,
} from './import-users.ts'
export {
  type ExportBatch,
  exportChanges,
  type ExportedUser,
  exportUsers,
  handOverToDjango,
  listUsersHere,
  type UserHere,
  type WriteToDjango,
} from './export-users.ts'
export {
  type ExportState,
  getExportState,
  installExport,
  isExporting,
  listExportProblems,
  removeExport,
} from './export-state.ts'
export { eraseUser, exportUser } from './erase-user.ts'
export { getStatus, type ServiceStatus } from './get-status.ts'
export { makeResetLink, type ResetLink } from './make-reset-link.ts'
export { findHashState, type HashState } from './hash-state.ts'
export { finishImport, startImport } from './import-progress.ts'
export { inspectDatabase, listHashKinds, type DatabaseState } from './inspect-database.ts'
export {
  addTestMail,
  findMail,
  inspectWaitingMails,
  listMails,
  pruneMails,
  pruneRateLimits,
  pruneRegistrations,
  pruneTokens,
  retryMail,
} from './mails.ts'
export { migrateToLatest } from './migrate.ts'
export { deleteImportedUsers } from './delete-users.ts'
export { asOnlyFollower, assertMayFollow, getLeadership, setLeader, whileLeading } from './leader.ts'
export { listSessions, pruneSessions, revokeSession, revokeSessionsOfUser } from './sessions.ts'
export { newAccount, type NewAccount } from './new-account.ts'
export { toEmailKey } from '../emails/email-key.ts'
export { foldEmail } from '../emails/fold-email.ts'
export { reachableEmail } from '../emails/reachable-email.ts'
export { type ImportScan, scanImport } from './scan-import.ts'
export { createTokenProbe, type TokenProbe } from './token-probe.ts'
export { setActive } from './set-active.ts'
export { setEmail } from './set-email.ts'
export { setPassword } from './set-password.ts'
export { verifyEmail } from './verify-email.ts'
export { voidLinks } from './void-links.ts'
export { findUser, listEmailCollisions, listUsers } from './users.ts'
export { type KeySettings, keySettings } from '../settings/keys.ts'
export { generateKey } from '../keys/generate-key.ts'
export {
  type AsymmetricAlgorithm,
  asymmetricAlgorithms,
  type AsymmetricKey,
  toPrivateJwk,
  toPublicJwk,
} from '../keys/keys.ts'
