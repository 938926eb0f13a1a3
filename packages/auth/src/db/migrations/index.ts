import * as accounts from './2026-11-22-accounts.ts'
import * as deliveredGenerations from './2026-11-26-delivered-generations.ts'
import * as djangoExports from './2026-12-01-django-exports.ts'
import * as djangoUsers from './2026-11-29-django-users.ts'
import * as emailConsents from './2026-11-29-email-consents.ts'
import * as emails from './2026-11-26-emails.ts'
import * as emailsFill from './2026-11-26-emails-fill.ts'
import * as eventMonths from './2026-11-28-event-months.ts'
import * as leader from './2026-11-29-leader.ts'
import * as mails from './2026-11-27-mails.ts'
import * as newEmails from './2026-11-27-new-emails.ts'
import * as passwordChanges from './2026-11-26-password-changes.ts'
import * as locales from './2026-11-30-locales.ts'
import * as rateLimits from './2026-11-25-rate-limits.ts'
import * as rateLimitEnds from './2026-11-26-rate-limit-ends.ts'
import * as registrations from './2026-11-27-registrations.ts'
import * as reusedSessions from './2026-11-24-reused-sessions.ts'
import * as userIdOrigin from './2026-11-26-user-id-origin.ts'
import * as userKeys from './2026-11-27-user-keys.ts'
import * as userNotices from './2026-11-28-user-notices.ts'
import type { AppMigration } from './stepwise.ts'

/** Every migration, in the order of its name. One that has landed is never edited. */
export const migrations: Record<string, AppMigration> = {
  '2026-11-22-accounts': accounts,
  '2026-11-24-reused-sessions': reusedSessions,
  '2026-11-25-rate-limits': rateLimits,
  '2026-11-26-delivered-generations': deliveredGenerations,
  '2026-11-26-emails': emails,
  '2026-11-26-emails-fill': emailsFill,
  '2026-11-26-password-changes': passwordChanges,
  '2026-11-26-rate-limit-ends': rateLimitEnds,
  '2026-11-26-user-id-origin': userIdOrigin,
  '2026-11-27-mails': mails,
  '2026-11-27-new-emails': newEmails,
  '2026-11-27-registrations': registrations,
  '2026-11-27-user-keys': userKeys,
  '2026-11-28-event-months': eventMonths,
  '2026-11-28-user-notices': userNotices,
  '2026-11-29-django-users': djangoUsers,
  '2026-11-29-email-consents': emailConsents,
  '2026-11-29-leader': leader,
  '2026-11-30-locales': locales,
  '2026-12-01-django-exports': djangoExports,
}
