import type { z } from 'zod'
import { emailUnavailable } from '../../accounts/register.ts'
import { AuthError, type AuthErrorCode } from '../../errors.ts'
import {
  changePasswordInput,
  endSessionInput,
  listSessionsInput,
  loginInput,
  loginResult,
  newTokens,
  nothing,
  publicPolicy,
  refreshInput,
  registerInput,
  sessionList,
  tokenPair,
  updateProfileInput,
  user,
  verifyInput,
} from '../../schema.ts'
import { errorNotes } from './error-notes.ts'
import { examples } from './examples.ts'
import { badPasswordRefusals, changePasswordRefusals } from './password-refusals.ts'
import type { Refusal } from './refusals.ts'
import { updateProfileForm } from './schemas.ts'

/** What the document says of a procedure beyond its address. */
export interface Operation {
  tag: 'Sessions' | 'Tokens' | 'Account'
  summary: string
  description: string
  input?: {
    schema: z.ZodObject
    summary: string
    example: object
    /** The same as a form has it, where its names differ. */
    form?: { schema: z.ZodObject; example: object }
  }
  output: { schema: z.ZodType; summary: string; example: object }
  /** The errors of its use case; those that every request can meet are known without being listed. */
  errors: AuthErrorCode[]
  /** Refusals that the table of errors alone does not tell. */
  refusals?: Refusal[]
  /** It asks nothing that could be out of order. */
  cannotFail?: true
}

/** What is wrong with a token in a body, whatever it is for. */
const tokenErrors = [
  'token_invalid',
  'token_expired',
  'token_without_expiry',
  'token_without_id',
] satisfies AuthErrorCode[]

/** What else is wrong with a token of the wrong kind, or of nobody. */
const typedTokenErrors = [
  ...tokenErrors,
  'token_without_type',
  'token_wrong_type',
  'token_without_user',
  'user_not_found',
] satisfies AuthErrorCode[]

/** What is wrong with an access token in the header, or with its user. */
const callerErrors = [...typedTokenErrors, 'user_inactive', 'session_ended'] satisfies AuthErrorCode[]

/** Every procedure that REST serves, by its name. A test holds the schemas against those of the procedures. */
export const operations: Record<string, Operation> = {
  'auth.policy': {
    tag: 'Account',
    summary: 'Get what a form must know before it asks',
    description:
      'Whether anybody may register, and what a new password must be. It changes with the settings of the service only.',
    output: { schema: publicPolicy, summary: 'The policy', example: examples.policy },
    errors: [],
    cannotFail: true,
  },
  'auth.register': {
    tag: 'Account',
    summary: 'Register',
    description:
      'Adds an account and logs its user in. If the answer got lost, send the same request again: whoever registers an address ' +
      'that has an account, with the password of that account, is logged in to it, and its profile stays as it is.',
    input: { schema: registerInput, summary: 'An account', example: examples.registration },
    output: { schema: loginResult, summary: 'A new session', example: examples.registeredSession },
    errors: ['registration_closed', 'throttled', 'overloaded'],
    refusals: [
      ...badPasswordRefusals('password'),
      { name: 'email_unavailable', note: errorNotes.email_unavailable, error: emailUnavailable() },
    ],
  },
  'auth.login': {
    tag: 'Sessions',
    summary: 'Log in',
    description:
      'Email and password in; a pair of tokens and the user out. Each login starts a session of its own, so a user can be ' +
      'logged in on several devices.',
    input: { schema: loginInput, summary: 'Email and password', example: examples.credentials },
    output: { schema: loginResult, summary: 'A new session', example: examples.session },
    errors: ['invalid_credentials', 'throttled', 'overloaded'],
  },
  'auth.refresh': {
    tag: 'Sessions',
    summary: 'Get the next pair of tokens',
    description:
      'A refresh token in; the next access token out and, as the service is usually set up, the next refresh token. Store ' +
      'the new refresh token before you use the access token. If the answer got lost, send the same request again: the ' +
      'token before the newest is accepted for a moment and gets the same refresh token.',
    input: { schema: refreshInput, summary: 'The newest refresh token', example: examples.refreshToken },
    output: { schema: tokenPair, summary: 'The next pair', example: examples.tokenPair },
    errors: [...typedTokenErrors, 'session_ended', 'account_unavailable', 'throttled'],
  },
  'auth.verify': {
    tag: 'Tokens',
    summary: 'Ask whether a token is good',
    description:
      'Tells whether the service signed a token of either kind and its time is not over. It does not tell whether the user ' +
      'has logged out since: ask for the user to know that.',
    input: { schema: verifyInput, summary: 'An access token', example: examples.token },
    output: { schema: nothing, summary: 'The token is good', example: examples.nothing },
    errors: tokenErrors,
    refusals: [
      {
        name: 'token_blacklisted',
        note: 'The session of the token has ended. Only a service with `BLACKLIST_AFTER_ROTATION=true` looks.',
        error: new AuthError('invalid_input', { fields: { non_field_errors: ['Token is blacklisted'] } }),
      },
    ],
  },
  'auth.logout': {
    tag: 'Sessions',
    summary: 'Log out',
    description:
      'Ends the session of a refresh token on this device: from the next request on no token of that session is accepted here.',
    input: { schema: refreshInput, summary: 'The newest refresh token', example: examples.nextRefreshToken },
    output: { schema: nothing, summary: 'The session has ended', example: examples.nothing },
    errors: [...typedTokenErrors, 'session_ended', 'account_unavailable'],
  },
  'auth.me': {
    tag: 'Account',
    summary: 'Get the user who is logged in',
    description: 'The user of the access token, as the service knows them now.',
    output: { schema: user, summary: 'The user', example: examples.user },
    errors: callerErrors,
  },
  'auth.updateProfile': {
    tag: 'Account',
    summary: 'Change the profile',
    description:
      'Changes what the body names and answers the user as they are now. What is absent stays as it is; what nobody can change, ' +
      'like the address, is ignored. In a form the fields are named `profile.display_name` and `profile.bio`.',
    input: {
      schema: updateProfileInput,
      summary: 'What to change',
      example: examples.profileUpdate,
      form: { schema: updateProfileForm, example: examples.profileForm },
    },
    output: { schema: user, summary: 'The user', example: examples.user },
    errors: [...callerErrors, 'throttled'],
    refusals: [
      {
        name: 'blank_display_name',
        note: 'A display name has 1 to 100 characters, a bio at most 2,000.',
        error: new AuthError('invalid_input', {
          fields: { 'profile.display_name': ['This field may not be blank.'] },
        }),
      },
    ],
  },
  'auth.listSessions': {
    tag: 'Sessions',
    summary: 'List the sessions of the user',
    description:
      'Where the user is logged in. An access token of another service with the same key has no session: then none is current. For ' +
      'more than a hundred, ask again with `before`.',
    input: {
      schema: listSessionsInput,
      summary: 'Which sessions',
      example: { limit: 100, before: examples.sessionList[0].id },
    },
    refusals: [
      {
        name: 'bad_limit',
        note: 'A list holds 1 to 100 sessions, and goes on from a session of the user.',
        error: new AuthError('invalid_input', {
          fields: { limit: ['Ensure this value is less than or equal to 100.'] },
        }),
      },
    ],
    output: { schema: sessionList, summary: 'The live sessions', example: examples.sessionList },
    errors: callerErrors,
  },
  'auth.endSession': {
    tag: 'Sessions',
    summary: 'End a session',
    description: 'Logs one device of the user out, at once. It may be the one that asks.',
    input: { schema: endSessionInput, summary: 'A session', example: { id: examples.sessionList[0].id } },
    output: { schema: nothing, summary: 'The session has ended', example: examples.nothing },
    errors: [...callerErrors, 'throttled'],
  },
  'auth.endOtherSessions': {
    tag: 'Sessions',
    summary: 'End all other sessions',
    description: 'Logs the user out everywhere but here.',
    output: { schema: nothing, summary: 'No other session is left', example: examples.nothing },
    errors: [...callerErrors, 'throttled'],
  },
  'auth.endAllSessions': {
    tag: 'Sessions',
    summary: 'End all sessions',
    description: 'Logs the user out everywhere, also here.',
    output: { schema: nothing, summary: 'No session is left', example: examples.nothing },
    errors: [...callerErrors, 'throttled'],
  },
  'auth.changePassword': {
    tag: 'Account',
    summary: 'Change the password',
    description:
      'Gives the user another password and ends every session of theirs, also the one that asks. The answer holds the tokens of a ' +
      'new session: store them in place of those you have. If the answer got lost, send the same request again within 30 seconds.',
    input: { schema: changePasswordInput, summary: 'Both passwords', example: examples.passwords },
    output: { schema: newTokens, summary: 'The password has changed', example: examples.tokenPair },
    errors: [...callerErrors, 'throttled', 'overloaded'],
    refusals: changePasswordRefusals,
  },
}
