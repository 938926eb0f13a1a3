import { passwordResetCheck as input, passwordResetState } from '@pockitflyer/auth-protocol/schemas'
import { checkMailedLink } from '../accounts/check-mailed-link.ts'
import { publicProcedure } from './base.ts'

/**
 * Tells a page whether it may show the form for a new password: in the browser that asked for the
 * mail, and in any other with the code of the mail. Consumes nothing.
 */
export const passwordResetCheck = publicProcedure
  .meta({ errors: ['mail_off', 'link_invalid', 'link_used'] })
  .input(input)
  .output(passwordResetState)
  .mutation(({ ctx, input: proof }) =>
    checkMailedLink(ctx.auth, ctx.caller, { purpose: 'reset_password', proof }),
  )
