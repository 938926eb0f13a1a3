import { emailChangeCheck as input, passwordResetState } from '@pockitflyer/auth-protocol/schemas'
import { checkMailedLink } from '../accounts/check-mailed-link.ts'
import { publicProcedure } from './base.ts'

/**
 * Tells a page whether a button alone may change the email: in the browser that asked for the
 * change, and in any other with the code of the mail. Consumes nothing.
 */
export const emailChangeCheck = publicProcedure
  .meta({ errors: ['mail_off', 'link_invalid', 'link_used'] })
  .input(input)
  .output(passwordResetState)
  .mutation(({ ctx, input: proof }) =>
    checkMailedLink(ctx.auth, ctx.caller, { purpose: 'confirm_change', proof }),
  )
