import { generateKey, toPrivateJwk } from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { type AlgorithmOption, algorithmOption } from './algorithm.ts'

/** Adds `auth keys generate`. */
export function addGenerateCommand(keys: Command, cli: Cli): void {
  addCommand(keys, {
    signature: 'generate',
    summary: 'make a signing key',
    description:
      'Makes a private key and prints it as a line for the settings of every server. Nothing is stored.\n' +
      'Where a service signs already, use keys rotate instead: it logs nobody out.\n' +
      'With --json: the private JWK.',
    examples: ['pnpm auth keys generate', 'pnpm auth keys generate --alg ES256 --json'],
    settings: [],
  })
    .addOption(algorithmOption())
    .action((options: AlgorithmOption & JsonOption) => generate(cli, options))
}

async function generate(cli: Cli, { alg, json }: AlgorithmOption & JsonOption): Promise<void> {
  const jwk = JSON.stringify(toPrivateJwk(generateKey(alg)))
  if (!json) await cli.stderr.print(['Keep this key secret: whoever has it can log in as anybody.'])
  await cli.stdout.print([json ? jwk : `SIGNING_KEY='${jwk}'`])
}
