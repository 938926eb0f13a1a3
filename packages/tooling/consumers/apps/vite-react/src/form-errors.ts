import { isAuthError } from '@pockitflyer/auth-client'

/** What a form shows: a message, and texts beside its fields. */
export interface FormErrors {
  message?: string
  fields?: Record<string, string[]>
}

export function toFormErrors(error: unknown): FormErrors {
  if (isAuthError(error, 'invalid_input', 'email_unavailable')) return { fields: error.data.fields ?? {} }
  if (isAuthError(error, 'invalid_credentials')) {
    return { message: 'That email and password do not match.' }
  }
  if (isAuthError(error, 'throttled', 'overloaded')) {
    return { message: `Too many attempts. Try again in ${error.data.retryAfterSeconds} seconds.` }
  }
  return { message: 'We cannot reach the login service right now.' }
}
