import type { ImportReport } from '@pockitflyer/django'
import { createTable } from '../../output/table.ts'

/** Rows of a list that are printed; `--json` has them all. */
const shown = 20

const foundBy = {
  every_other_spelling: 'owner: every other spelling',
  exact_spelling: 'the exact spelling',
  nothing: 'nothing: another has the same spelling',
}

/** Returns a report as an operator reads it. */
export function toLines(report: ImportReport): string[] {
  const { blacklistedTokens: tokens, invalidEmails } = report
  return [
    `Source: ${report.source}`,
    ...Object.entries(report.tables).map(
      ([name, table]) => `  ${name.replaceAll('_', ' ')}: ${table ?? 'none'}`,
    ),
    '',
    `Users: ${report.users}, the highest id is ${report.highestId}`,
    `  inactive: ${report.inactive}`,
    `  staff: ${report.staff}, superusers: ${report.superusers}`,
    `  with a verified email: ${report.verifiedEmails}`,
    `  without an email, or with one over 2,500 bytes, so that they cannot log in: ${report.withoutEmail}`,
    `Blacklisted tokens that stay dead: ${tokens.moved}; without a known user: ${tokens.withoutUser}`,
    ...section(
      'Password hashes',
      ['FAMILY', 'STATE', 'ACCOUNTS'],
      report.hashes.map(({ family, state, accounts }) => [
        family,
        state.replaceAll('_', ' '),
        String(accounts),
      ]),
    ),
    'Accounts with a hash that is not readable need a password reset.',
    'A hash does not tell whether a password begins or ends with spaces. Django REST framework trims what clients send, this service does not.',
    ...section(
      'Emails that several users have',
      ['EMAIL', 'ID', 'SPELLING', 'FOUND BY'],
      report.sharedEmails.flatMap(({ foldedEmail, users }) =>
        users.map((user) => [
          shorten(foldedEmail),
          String(user.id),
          shorten(user.email),
          foundBy[user.foundBy],
        ]),
      ),
    ),
    ...section(
      `Emails that a registration would refuse (${invalidEmails.count}); they are kept`,
      ['ID', 'EMAIL'],
      invalidEmails.users.map(({ id, email }) => [String(id), shorten(email)]),
    ),
    ...section(
      'Users here who were not imported',
      ['SAME', 'ID', 'EMAIL', 'ID HERE', 'EMAIL HERE'],
      report.conflicts.map(({ kind, id, email, hereId, hereEmail }) => [
        kind,
        String(id),
        shorten(email),
        String(hereId),
        shorten(hereEmail),
      ]),
    ),
    ...section(
      'Users who are in the source no more; they stay here',
      ['ID'],
      report.gone.map((id) => [String(id)]),
    ),
    ...section(
      'Not moved: tables',
      ['TABLE', 'ROWS', 'CONTENT'],
      report.notMoved.map(({ table, rows, content }) => [
        table,
        String(rows ?? 'not readable'),
        content ?? '',
      ]),
    ),
    ...section(
      'Not moved: columns of the users',
      ['COLUMN'],
      report.columnsNotMoved.map((name) => [name]),
    ),
    ...notes('Notes', report.notes),
    ...notes('Problems: nothing is imported before they are solved', report.problems),
  ]
}

/** A longer email would make every row of its table as wide. */
const shorten = (email: string) => (email.length > 60 ? `${Array.from(email).slice(0, 59).join('')}…` : email)

function section(title: string, header: string[], rows: string[][]): string[] {
  if (rows.length === 0) return []
  const more = rows.length - shown
  const lines = createTable(header)(rows.slice(0, shown)).map((line) => `  ${line}`)
  return ['', `${title}:`, ...lines, ...(more > 0 ? [`  and ${more} more: --json has them all`] : [])]
}

const notes = (title: string, texts: string[]) =>
  texts.length === 0 ? [] : ['', `${title}:`, ...texts.map((text) => `  ${text}`)]
