import type { PublicPolicy } from '@pockitflyer/auth-protocol/schemas'
import { headers } from 'next/headers'
import { createAccountService } from '../account-service.ts'
import { read } from './authenticated-query.ts'

/** Everyone gets the same answer, and asking costs a tenth of the login page's processor time. */
const keptMs = 1000

let asked: { at: number; answer: Promise<PublicPolicy | undefined> } | undefined

/**
 * Returns whether registration is open, and the rules for a password, as of the last second;
 * undefined while the service is out of reach, which the next page asks anew.
 */
export async function readPolicy(): Promise<PublicPolicy | undefined> {
  const own = await headers()
  const now = performance.now()
  if (asked === undefined || now - asked.at > keptMs) asked = { at: now, answer: askPolicy(own) }
  return asked.answer
}

/** Lets the next page ask anew. */
export function forgetPolicy(): void {
  asked = undefined
}

async function askPolicy(own: Headers): Promise<PublicPolicy | undefined> {
  const reading = await read(createAccountService({ headers: own }), ({ auth }) => auth.policy.query())
  if (reading.kind === 'answered') return reading.answer
  forgetPolicy()
  return undefined
}
