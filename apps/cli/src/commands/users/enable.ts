import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { changeActive } from './change-active.ts'

/** Adds `auth users enable`. */
export function addEnableCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'enable <email>',
    summary: 'let a user log in again',
    description:
      'Lets a user log in again, with the same password. Sessions that were ended stay ended.\n' +
      'With --json: {"id": 1, "email": "ada@example.com", "is_active": true, "changed": true}.',
    examples: ['pnpm auth users enable ada@example.com'],
  }).action((email: string, options: JsonOption) => changeActive(cli, email, { ...options, isActive: true }))
}
