import { user } from '@pockitflyer/auth-protocol/schemas'
import { me as getUser } from '../sessions/me.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/** Returns the user of the access token. */
export const me = protectedProcedure
  .meta({
    rest: { method: 'GET', path: '/api/users/me', view: 'Me' },
    docs: {
      tag: 'Account',
      summary: 'Get the user who is logged in',
      description: 'The user of the access token, as the service knows them now.',
      output: { summary: 'The user', example: examples.user },
    },
    errors: callerErrors,
  })
  .output(user)
  .query(({ ctx }) => getUser(ctx.auth, ctx.caller))
