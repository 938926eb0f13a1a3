import { changePasswordInput, newTokens } from '@pockitflyer/auth-protocol/schemas'
import { changePassword as changePasswordOf } from '../accounts/change-password.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors, changePasswordErrors } from './error-examples.ts'
import { examples } from './examples.ts'

/**
 * Gives the caller another password, ends all their sessions and starts a new one, whose pair the
 * typed client keeps. Where the answer got lost, the same call within 30 seconds gets it again.
 */
export const changePassword = protectedProcedure
  .meta({
    writesAccount: true,
    session: 'restarts',
    rest: { method: 'POST', path: '/api/users/password/change', view: 'Password Change' },
    docs: {
      tag: 'Account',
      summary: 'Change the password',
      description:
        'Gives the user another password and ends every session of theirs, also the one that asks. The answer holds the tokens of a ' +
        'new session: store them in place of those you have. If the answer got lost, send the same request again within 30 seconds.',
      input: { summary: 'Both passwords', example: examples.passwords },
      output: { summary: 'The password has changed', example: examples.tokenPair },
    },
    errors: [...changePasswordErrors, ...callerErrors, 'throttled', 'overloaded'],
  })
  .input(changePasswordInput)
  .output(newTokens)
  .mutation(({ ctx, input }) => changePasswordOf(ctx.auth, ctx.caller, input))
