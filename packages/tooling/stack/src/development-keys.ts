import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '@pockitflyer/postgres-pool/error-code'
import { generateKey, toPrivateJwk } from '@pockitflyer/auth/admin'

/** The keys of development, as the API's settings name them. */
export interface DevelopmentKeys {
  /** Signs tokens; others verify them by what is published of it. */
  SIGNING_KEY: string
  /** Verifies what `dev` signed before there was a signing key. */
  SECRET_KEY: string
}

/**
 * The keys in the folder's files of mode 600, `signing-key` and `secret-key`: made once, so that
 * tokens outlive a restart.
 */
export async function readOrMakeKeys(dataDir: string): Promise<DevelopmentKeys> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  return {
    SIGNING_KEY: await readOrMake(join(dataDir, 'signing-key'), () =>
      JSON.stringify(toPrivateJwk(generateKey('EdDSA'))),
    ),
    SECRET_KEY: await readOrMake(join(dataDir, 'secret-key'), () => randomBytes(48).toString('base64')),
  }
}

async function readOrMake(file: string, make: () => string): Promise<string> {
  try {
    await writeFile(file, `${make()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  return (await readFile(file, 'utf8')).trim()
}
