import { passwordMaxBytes, type PublicPolicy, publicPolicy } from '@pockitflyer/auth-protocol/schemas'
import { policy as policyOf } from '../accounts/signup-policy.ts'
import { publicProcedure } from './base.ts'

const example: PublicPolicy = {
  registration: true,
  password: { min_length: 8, max_bytes: passwordMaxBytes },
  password_reset: true,
  email_verification: 'off',
}

/**
 * Tells a form what it must know before it asks: whether registration is open, and what a password
 * must be.
 */
export const policy = publicProcedure
  .meta({
    rest: { method: 'GET', path: '/api/users/policy', view: 'Policy' },
    docs: {
      tag: 'Account',
      summary: 'Get what a form must know before it asks',
      description:
        'Whether anybody may register, and what a new password must be. It changes with the settings of the service only.',
      output: { summary: 'The policy', example },
      cannotFail: true,
    },
  })
  .output(publicPolicy)
  .query(({ ctx }) => policyOf(ctx.auth))
