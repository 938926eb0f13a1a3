import { availableParallelism } from 'node:os'
import { readSettings } from '@pockitflyer/auth'
import { createPasswords, adminSettings } from '@pockitflyer/auth/admin'
import { verify } from '@node-rs/argon2'
import { password } from '../data/credentials.ts'
import { type Limit, loop } from './loop.ts'

/**
 * Measures verifications a second of a hash with the service's parameters, one for each core at
 * once: no login is faster.
 */
export async function measureHashLimit(seconds: number): Promise<Limit> {
  const hash = await createPasswords(readSettings(adminSettings, {}).passwords).hash(password)
  return loop({ seconds, workers: availableParallelism() }, () => () => verify(hash, password))
}
