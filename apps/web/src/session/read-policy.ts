import type { PublicPolicy } from '@pockitflyer/auth-protocol/schemas'
import { headers } from 'next/headers'
import { createAccountService } from '../account-service.ts'
import { read } from './authenticated-query.ts'

/**
 * Returns whether registration is open, and the rules for a password; undefined while the service
 * is out of reach.
 */
export async function readPolicy(): Promise<PublicPolicy | undefined> {
  const service = createAccountService({ headers: await headers() })
  const reading = await read(service, ({ auth }) => auth.policy.query())
  return reading.kind === 'answered' ? reading.answer : undefined
}
