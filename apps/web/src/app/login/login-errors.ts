import { type AuthErrorData, findAuthError } from '@pockitflyer/auth-client'
import type { LoginErrors } from './login-state.ts'

interface Issue {
  path: PropertyKey[]
  message: string
}

/** What is wrong with the input, by field: the first issue of each. */
export function describeLoginIssues(issues: Issue[]): LoginErrors {
  const messageOf = (field: string) => issues.find(({ path }) => path[0] === field)?.message
  return { email: messageOf('email'), password: messageOf('password') }
}

/** What a failed call of the account service means to the visitor. Without a word from the service, or from its database, it is out of reach. */
export function describeLoginError(error: unknown): LoginErrors {
  const answer = findAuthError(error)
  if (answer === undefined || answer.code === 'unavailable') {
    return { form: 'We cannot reach the login service right now. Please try again in a moment.' }
  }
  return describeAnswer(answer)
}

function describeAnswer({ code, fields, requestId }: AuthErrorData): LoginErrors {
  if (code === 'invalid_credentials') return { password: 'That email and password do not match.' }
  if (code === 'invalid_input') return { email: fields?.['email']?.[0], password: fields?.['password']?.[0] }
  if (code === 'overloaded') {
    return { form: 'Many people are logging in right now. Please try again in a moment.' }
  }
  return {
    form: `Something went wrong on our side. Please try again. Our number for it: ${requestId ?? 'none'}`,
  }
}
