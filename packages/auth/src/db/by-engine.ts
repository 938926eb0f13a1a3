import * as adoptedSessions from './adopted-sessions.ts'
import * as citusEmails from './citus/emails.ts'
import * as citusNewSessions from './citus/new-sessions.ts'
import * as citusNewUsers from './citus/new-users.ts'
import * as citusOneTimeTokens from './citus/one-time-tokens.ts'
import * as citusSessionLists from './citus/session-lists.ts'
import * as citusSessionRevocation from './citus/session-revocation.ts'
import * as citusSessionRotation from './citus/session-rotation.ts'
import * as citusUsers from './citus/users.ts'
import * as emails from './emails.ts'
import * as loginCounts from './login-counts.ts'
import * as newSessions from './new-sessions.ts'
import * as newUsers from './new-users.ts'
import * as oneTimeTokens from './one-time-tokens.ts'
import { byEngine } from './postgres/engine.ts'
import * as sessionLists from './session-lists.ts'
import * as sessionRevocation from './session-revocation.ts'
import * as sessionRotation from './session-rotation.ts'
import * as users from './users.ts'
import * as usersOfSessions from './users-of-sessions.ts'

// The one place that chooses. PostgreSQL answers these statements in fewer round trips, in a form
// that Citus refuses or sends to several shards. Every other statement has one form for both.

/** Finds the user that an email names. */
export const findUserByEmail = byEngine(users.findUserByEmail, citusUsers.findUserByEmail)

/** Finds a user and, if `sessionId` is given, whether that session is theirs and live. */
export const findUserOfSession = byEngine(usersOfSessions.findUserOfSession, citusUsers.findUserOfSession)

/** Does the happy path of a refresh. */
export const rotateSession = byEngine(sessionRotation.rotateSession, citusSessionRotation.rotateSession)

/** Notes on a session that the pair of its generation was delivered. */
export const updateSessionDelivered = byEngine(
  sessionRotation.updateSessionDelivered,
  citusSessionRotation.updateSessionDelivered,
)

/** Starts a session, and appends the events. */
export const updateUserAndInsertSessionAndEvents = byEngine(
  newSessions.updateUserAndInsertSessionAndEvents,
  citusNewSessions.updateUserAndInsertSessionAndEvents,
)

/** Finds or starts the session of a token of the Django service. */
export const importLegacySessionAndEvents = byEngine(
  adoptedSessions.importLegacySessionAndEvents,
  citusNewSessions.importLegacySessionAndEvents,
)

/** Revokes live sessions of a user and appends an event for each. Returns how many. */
export const revokeSessionsAndInsertEvents = byEngine(
  sessionRevocation.revokeSessionsAndInsertEvents,
  citusSessionRevocation.revokeSessionsAndInsertEvents,
)

/**
 * Counts a login and finds the user that its email names. `undefined` on Citus, whose counts lie on
 * the coordinator and whose users do not: nothing was counted.
 */
export const upsertRateLimitsAndFindUser = byEngine(
  async (
    ...args: Parameters<typeof loginCounts.upsertRateLimitsAndFindUser>
  ): Promise<loginCounts.CountedUser | undefined> => loginCounts.upsertRateLimitsAndFindUser(...args),
  async () => undefined,
)

/** Inserts a user with the email and the profile; returns `undefined` if the email is taken. */
export const insertUserEmailAndProfile = byEngine(
  newUsers.insertUserEmailAndProfile,
  citusNewUsers.insertUserEmailAndProfile,
)

/** Inserts the row of an email, or takes it back for a user who had it. */
export const insertOrTakeBackEmail = byEngine(emails.insertOrTakeBackEmail, citusEmails.insertOrTakeBackEmail)

/** Inserts the rows in `emails` of users that lack them. Returns how many users there were. */
export const insertEmailsAndCollisionsOfUsers = byEngine(
  emails.insertEmailsAndCollisionsOfUsers,
  citusEmails.insertEmailsAndCollisionsOfUsers,
)

/** Counts one try of a code, before it is compared, and returns the open token. */
export const updateCodeAttempts = byEngine(
  oneTimeTokens.updateCodeAttempts,
  citusOneTimeTokens.updateCodeAttempts,
)

/** Returns how many pages the table of sessions, or its largest shard, has. */
export const countSessionPages = byEngine(sessionLists.countSessionPages, citusSessionLists.countSessionPages)

/** Deletes ended sessions in a range of pages. Returns how many. */
export const deleteEndedSessions = byEngine(
  sessionLists.deleteEndedSessions,
  citusSessionLists.deleteEndedSessions,
)
