import { empty } from '@pockitflyer/auth-protocol/schemas'
import { endOtherSessions as endOtherSessionsOf } from '../sessions/end-other-sessions.ts'
import { noInput, protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/** Ends every session of the caller but this one. */
export const endOtherSessions = protectedProcedure
  .meta({
    rest: { method: 'POST', path: '/api/users/sessions/end-others', view: 'End Other Sessions' },
    docs: {
      tag: 'Sessions',
      summary: 'End all other sessions',
      description: 'Logs the user out everywhere but here.',
      output: { summary: 'No other session is left', example: examples.empty },
    },
    errors: [...callerErrors, 'throttled'],
  })
  .input(noInput)
  .output(empty)
  .mutation(({ ctx }) => endOtherSessionsOf(ctx.auth, ctx.caller))
