import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '@pockitflyer/postgres-pool/error-code'
import { generateKey, toPrivateJwk } from '@pockitflyer/auth/admin'

/** The keys of development, by the names of the API's settings. */
export interface DevelopmentKeys {
  /** Signs tokens; other services verify them with its published part. */
  SIGNING_KEY: string
  /** Verifies the tokens that `dev` signed before there was a signing key. */
  SECRET_KEY: string
  /** Makes mailed links. */
  MAIL_KEY: string
}

/**
 * Returns the keys in the folder's files `signing-key`, `secret-key` and `mail-key` (mode 600). It
 * creates them once, so that tokens outlive a restart.
 */
export async function readOrMakeKeys(dataDir: string): Promise<DevelopmentKeys> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  return {
    SIGNING_KEY: await readOrMake(join(dataDir, 'signing-key'), () =>
      JSON.stringify(toPrivateJwk(generateKey('EdDSA'))),
    ),
    SECRET_KEY: await readOrMake(join(dataDir, 'secret-key'), () => randomBytes(48).toString('base64')),
    MAIL_KEY: await readOrMake(join(dataDir, 'mail-key'), () => randomBytes(48).toString('base64')),
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
