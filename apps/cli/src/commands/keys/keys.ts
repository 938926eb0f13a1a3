import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addGenerateCommand } from './generate.ts'
import { addListCommand } from './list.ts'
import { addMailCommand } from './mail.ts'
import { addRotateCommand } from './rotate.ts'

/** Adds `auth keys` with its commands. */
export function addKeysCommand(program: Command, cli: Cli): void {
  const keys = program
    .command('keys')
    .summary('make, list and rotate the keys that sign tokens')
    .description(
      'Looks after the keys that sign tokens. With a key pair, anybody verifies tokens with its public part, /.well-known/jwks.json.',
    )
    .addHelpText(
      'after',
      `
Examples:
  pnpm auth keys generate
  pnpm auth keys list
  pnpm auth keys rotate`,
    )
  addGenerateCommand(keys, cli)
  addListCommand(keys, cli)
  addRotateCommand(keys, cli)
  addMailCommand(keys, cli)
}
