import { type KeySettings, toPublicJwk } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { createTable } from '../../output/table.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { keySettingNames } from '../settings-help.ts'

/** Adds `auth keys list`. */
export function addListCommand(keys: Command, cli: Cli): void {
  addCommand(keys, {
    signature: 'list',
    summary: 'show the keys of the settings and what each is for',
    description:
      'Shows the keys in SECRET_KEY, SIGNING_KEY and VERIFYING_KEYS. No secret is printed.\n' +
      'With --json: a line for each, {"kid", "alg", "signs", "jwk"}; jwk is the public key, null for SECRET_KEY, which has none.',
    examples: ['pnpm auth keys list', 'pnpm auth keys list --json'],
    settings: keySettingNames,
  }).action((options: JsonOption) => list(cli, options))
}

interface ListedKey {
  kid: string | null
  alg: string
  signs: boolean
  jwk: object | null
}

async function list(cli: Cli, { json }: JsonOption): Promise<void> {
  const keys = toList(cli.readKeySettings())
  const table = createTable(['KID', 'ALG', 'USE'], cli.stdout.columns)
  await cli.stdout.print(json ? keys.map((key) => JSON.stringify(key)) : table(keys.map(toCells)))
}

function toList({ secretKey, signingKey, verifyingKeys }: KeySettings): ListedKey[] {
  const pairs = [...(signingKey === undefined ? [] : [signingKey]), ...verifyingKeys]
  const listed = pairs.map((key) => ({
    kid: key.kid,
    alg: key.algorithm,
    signs: key === signingKey,
    jwk: toPublicJwk(key),
  }))
  const secret = { kid: null, alg: 'HS256', signs: signingKey === undefined, jwk: null }
  return secretKey === undefined ? listed : [...listed, secret]
}

function toCells({ kid, alg, signs }: ListedKey): string[] {
  return [kid ?? '(SECRET_KEY)', alg, signs ? 'signs and verifies' : 'verifies']
}
