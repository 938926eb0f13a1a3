import type { PublicPolicy } from '@pockitflyer/auth-protocol/schemas'
import { headers } from 'next/headers'
import { createAccountService } from '../account-service.ts'
import { getEnvironment } from '../environment.ts'
import { read } from './authenticated-query.ts'

/** How long a policy is kept, in milliseconds. Only the service's settings change it. */
const keptMs = 1000

let kept: { policy: PublicPolicy; until: number } | undefined

/**
 * Returns whether registration is open, and the rules for a password; undefined while the service
 * is out of reach. In production all pages of a second share one answer.
 */
export async function readPolicy(): Promise<PublicPolicy | undefined> {
  if (kept !== undefined && performance.now() < kept.until) return kept.policy
  const service = createAccountService({ headers: await headers() })
  const reading = await read(service, ({ auth }) => auth.policy.query())
  if (reading.kind !== 'answered') return undefined
  if (getEnvironment().isProduction) kept = { policy: reading.answer, until: performance.now() + keptMs }
  return reading.answer
}
