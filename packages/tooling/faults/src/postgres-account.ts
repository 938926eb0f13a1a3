import { execFileSync } from 'node:child_process'
import { type Program, startProgram } from './programs.ts'

const isRoot = process.getuid?.() === 0

/**
 * Starts a program with further variables in its environment. Root starts it as `postgres`, since
 * PostgreSQL refuses to run as root, and not with its own home: libpq looks for certificates there.
 * It ends with this process, and Patroni ends PostgreSQL.
 */
export function startAsPostgres(
  env: Record<string, string>,
  command: string,
  ...args: string[]
): Promise<Program> {
  const account = isRoot ? ['--reuid', 'postgres', '--regid', 'postgres', '--init-groups'] : []
  const variables = Object.entries(isRoot ? { HOME: '/var/lib/postgresql', ...env } : env).map(
    ([name, value]) => `${name}=${value}`,
  )
  return startProgram('setpriv', [...account, '--pdeathsig', 'TERM', 'env', ...variables, command, ...args])
}

/** Gives a folder to the account that `startAsPostgres` uses. */
export function giveToPostgres(folder: string): void {
  if (isRoot) execFileSync('chown', ['-R', 'postgres:postgres', folder])
}
