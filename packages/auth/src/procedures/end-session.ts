import { endSessionInput, empty } from '@pockitflyer/auth-protocol/schemas'
import { endSession as endSessionOf } from '../sessions/end-session.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Ends one session of the caller, by its id in the list. Any other id is refused with `not_found`.
 */
export const endSession = protectedProcedure
  .meta({
    rest: { method: 'DELETE', path: '/api/users/sessions/{id}', view: 'Session', status: 204 },
    docs: {
      tag: 'Sessions',
      summary: 'End a session',
      description: 'Logs one device of the user out, at once. It may be the one that asks.',
      input: { summary: 'A session', example: { id: examples.sessionList[0].id } },
      output: { summary: 'The session has ended', example: examples.empty },
    },
    errors: [...callerErrors, 'throttled'],
  })
  .input(endSessionInput)
  .output(empty)
  .mutation(({ ctx, input }) => endSessionOf(ctx.auth, ctx.caller, input))
