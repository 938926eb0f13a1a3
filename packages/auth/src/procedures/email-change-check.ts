import { emailChangeCheck as input, passwordResetState } from '@pockitflyer/auth-protocol/schemas'
import { checkEmailChange } from '../accounts/check-email-change.ts'
import { publicProcedure } from './base.ts'

/**
 * Tells a page whether a button alone may change the email: in the browser that asked for the
 * change, and in any other with the code of the mail. Consumes nothing.
 */
export const emailChangeCheck = publicProcedure
  .meta({ errors: ['mail_off', 'link_invalid', 'link_used'] })
  .input(input)
  .output(passwordResetState)
  .mutation(({ ctx, input: proof }) => checkEmailChange(ctx.auth, ctx.caller, proof))
