import { listSessionsInput, sessionList } from '@pockitflyer/auth-protocol/schemas'
import { listSessions as listSessionsOf } from '../sessions/list-sessions.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors, invalidInput } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Returns the caller's live sessions, the one used last first. For more than a hundred, name the
 * last one as `before`.
 */
export const listSessions = protectedProcedure
  .meta({
    rest: { method: 'GET', path: '/api/users/sessions', view: 'Session List' },
    docs: {
      tag: 'Sessions',
      summary: 'List the sessions of the user',
      description:
        'Where the user is logged in. An access token of another service with the same key has no session: then none is current. For ' +
        'more than a hundred, ask again with `before`.',
      input: {
        summary: 'Which sessions',
        example: { limit: 100, before: examples.sessionList[0].id },
      },
      output: { summary: 'The live sessions', example: examples.sessionList },
    },
    errors: [
      invalidInput('bad_limit', 'A list holds 1 to 100 sessions, and goes on from a session of the user.', {
        limit: ['Ensure this value is less than or equal to 100.'],
      }),
      ...callerErrors,
    ],
  })
  .input(listSessionsInput.optional())
  .output(sessionList)
  .query(({ ctx, input }) => listSessionsOf(ctx.auth, ctx.caller, input))
