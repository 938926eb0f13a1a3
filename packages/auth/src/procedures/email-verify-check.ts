import { emailVerificationCheck as input, emailVerificationState } from '@pockitflyer/auth-protocol/schemas'
import { checkEmailVerification } from '../accounts/check-email-verification.ts'
import { publicProcedure } from './base.ts'

/**
 * Tells a page who registered with the email of a mailed link, and whether a button alone may
 * verify it: in the browser that registered, and in any other with the code of the mail. Consumes
 * nothing.
 */
export const emailVerifyCheck = publicProcedure
  .meta({ errors: ['mail_off', 'link_invalid'] })
  .input(input)
  .output(emailVerificationState)
  .mutation(({ ctx, input }) => checkEmailVerification(ctx.auth, ctx.caller, input))
