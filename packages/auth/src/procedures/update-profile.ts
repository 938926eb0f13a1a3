import { fieldTexts } from '@pockitflyer/auth-protocol/errors'
import { updateProfileInput, user } from '@pockitflyer/auth-protocol/schemas'
import { updateProfile as updateProfileOf } from '../accounts/update-profile.ts'
import { protectedProcedure } from './base.ts'
import { callerErrors, invalidInput } from './error-examples.ts'
import { examples } from './examples.ts'

/** Changes the given parts of the caller's profile. Errors name the fields as in `profile.bio`. */
export const updateProfile = protectedProcedure
  .meta({
    writesAccount: true,
    rest: { method: 'PATCH', path: '/api/users/me', view: 'Me' },
    docs: {
      tag: 'Account',
      summary: 'Change the profile',
      description:
        'Changes what the body names and answers the user as they are now. What is absent stays as it is; what nobody can change, ' +
        'like the address, is ignored. In a form the fields are named `profile.display_name` and `profile.bio`.',
      input: { summary: 'What to change', example: examples.profileUpdate },
      output: { summary: 'The user', example: examples.user },
    },
    errors: [
      invalidInput('blank_display_name', 'A display name has 1 to 100 characters, a bio at most 2,000.', {
        'profile.display_name': [fieldTexts.blank],
      }),
      ...callerErrors,
      'throttled',
    ],
  })
  .input(updateProfileInput)
  .output(user)
  .mutation(({ ctx, input }) => updateProfileOf(ctx.auth, ctx.caller, input))
