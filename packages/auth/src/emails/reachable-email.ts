import { fieldTexts } from '@pockitflyer/auth-protocol/errors'
import {
  emailChangeInput,
  emailVerificationRequest,
  newEmail,
  passwordResetRequest,
  registerInput,
} from '@pockitflyer/auth-protocol/schemas'
import { foldEmail, hasALabel } from './fold-email.ts'

/**
 * Returns whether mail can reach the domain of an email: it has an A-label (RFC 5890), and with it
 * the email has at most 254 characters (RFC 5321 section 4.5.3.1.3).
 */
function isReachable(email: string): boolean {
  return hasALabel(email.slice(email.lastIndexOf('@') + 1)) && foldEmail(email).length <= 254
}

/**
 * An email to register. The protocol checks its form. Only the server has the table of UTS #46,
 * which knows the valid domains.
 * @example
 * reachableEmail.parse('ada@example.com') // 'ada@example.com'
 */
export const reachableEmail = newEmail.refine(isReachable, fieldTexts.notEmail)

/** The input of a registration. */
export const registrationInput = registerInput
  .extend({ email: registerInput.shape.email.refine(isReachable, fieldTexts.notEmail) })
  .meta({ id: 'RegisterInput' })

/** What a request for a password reset takes. */
export const passwordResetRequestInput = passwordResetRequest
  .extend({ email: passwordResetRequest.shape.email.refine(isReachable, fieldTexts.notEmail) })
  .meta({ id: 'PasswordResetRequest' })

/** What a change of email takes. */
export const emailChangeRequestInput = emailChangeInput
  .extend({ new_email: emailChangeInput.shape.new_email.refine(isReachable, fieldTexts.notEmail) })
  .meta({ id: 'EmailChangeInput' })

/** What a request for another mail to verify an email takes. */
export const emailVerificationRequestInput = emailVerificationRequest
  .extend({ email: emailVerificationRequest.shape.email.refine(isReachable, fieldTexts.notEmail) })
  .meta({ id: 'EmailVerificationRequest' })
