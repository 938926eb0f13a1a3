import { redirect } from 'next/navigation'
import { loginPath, refreshPath } from './paths.ts'
import { type Question, readAsViewer } from './authenticated-query.ts'

/**
 * Reads what a page of the signed-in user shows; undefined while the service is out of reach.
 * Anybody else is sent to the login and comes back to `path`. The service decides who may see what:
 * a page shows nothing that it did not answer.
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
