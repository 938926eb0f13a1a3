import { empty } from '@pockitflyer/auth-protocol/schemas'
import { endAllSessions as endAllSessionsOf } from '../sessions/end-all-sessions.ts'
import { noInput, protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Ends every session of the caller, this one too: the typed client is logged out at its next call.
 */
export const endAllSessions = protectedProcedure
  .meta({
    rest: { method: 'POST', path: '/api/users/sessions/end-all', view: 'End All Sessions' },
    docs: {
      tag: 'Sessions',
      summary: 'End all sessions',
      description: 'Logs the user out everywhere, also here.',
      output: { summary: 'No session is left', example: examples.empty },
    },
    errors: [...callerErrors, 'throttled'],
  })
  .input(noInput)
  .output(empty)
  .mutation(({ ctx }) => endAllSessionsOf(ctx.auth, ctx.caller))
