import { styleText } from 'node:util'

/** The information for a developer once everything runs. */
export interface Summary {
  webUrl: string
  apiUrl: string
  flyersUrl: string
  /** The page of the mails; `undefined`: they go to the server in `SMTP_URL`. */
  inboxUrl: string | undefined
  database: string
  demoUser: { email: string; password: string } | undefined
}

/**
 * Renders the summary as text: URLs, the demo login and a `curl` line to copy. On a terminal that
 * shows colours the values stand out.
 */
export function renderSummary({ webUrl, apiUrl, flyersUrl, inboxUrl, database, demoUser }: Summary): string {
  const rows: [string, string][] = [
    ['Web', webUrl],
    ['API', apiUrl],
    ['API docs', `${apiUrl}/api/docs/`],
    ['Flyers', flyersUrl],
    ['Inbox', inboxUrl ?? 'mails go to the server in SMTP_URL'],
    ['Database', database],
  ]
  if (demoUser !== undefined) rows.push(['Log in as', `${demoUser.email}  ${demoUser.password}`])
  const lines = rows.map(([label, value]) => `  ${label.padEnd(10)} ${styleText('cyan', value)}`)
  return ['', ...lines, '', ...renderCurl(apiUrl, demoUser), '  Ctrl-C stops everything.', ''].join('\n')
}

function renderCurl(apiUrl: string, demoUser: Summary['demoUser']): string[] {
  if (demoUser === undefined) return []
  const body = JSON.stringify(demoUser)
  return [`  curl ${apiUrl}/api/users/login/ -H 'Content-Type: application/json' -d '${body}'`, '']
}
