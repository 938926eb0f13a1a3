import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { changeActive } from './change-active.ts'

/** Adds `auth users disable`. */
export function addDisableCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'disable <email>',
    summary: 'forbid a user to log in, and end every session',
    description:
      'Forbids a user to log in and ends every session at once. Nothing is deleted.\n' +
      'With --json: {"id": 1, "email": "ada@example.com", "is_active": false, "changed": true}.',
    examples: ['pnpm auth users disable ada@example.com'],
  }).action((email: string, options: JsonOption) => changeActive(cli, email, { ...options, isActive: false }))
}
