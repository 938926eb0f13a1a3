import { redirect } from 'next/navigation'
import { loginPath, refreshPath } from './paths.ts'
import { type Question, readAsViewer } from './authenticated-query.ts'

/**
 * Runs a query for a page of the logged-in user; undefined while the service is out of reach.
 * Redirects any other visitor to the login, who then returns to `path`. The service decides who may
 * see what: a page shows only its answers.
 */
export async function readForPage<Answer>(
  path: string,
  question: Question<Answer>,
): Promise<Answer | undefined> {
  const reading = await readAsViewer(question)
  switch (reading.kind) {
    case 'answered':
      return reading.answer
    case 'unavailable':
      return undefined
    case 'logged_out':
      redirect(loginPath(path))
    case 'rejected':
      redirect(refreshPath(path))
  }
}
