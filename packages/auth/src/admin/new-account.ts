import { bio, displayName, passwordToCheck } from '@pockitflyer/auth-protocol/schemas'
import { z } from 'zod'
import { reachableEmail } from '../emails/reachable-email.ts'

/**
 * The data of an account that an operator adds. Default: active.
 * @example
 * const account = newAccount.parse({ email: 'ada@example.com', password: 'seven ferries at noon' })
 */
export const newAccount = z.object({
  email: reachableEmail,
  password: passwordToCheck,
  display_name: displayName.optional(),
  bio: bio.optional(),
  is_active: z.boolean().default(true),
})

export type NewAccount = z.output<typeof newAccount>
