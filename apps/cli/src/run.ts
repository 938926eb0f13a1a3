import { AuthError } from '@pockitflyer/auth'
import { LeaderError } from '@pockitflyer/auth/admin'
import { SettingsError } from '@pockitflyer/server/settings'
import { CommanderError } from 'commander'
import type { Cli } from './cli.ts'
import { ReportedError, Cancelled, Failure, UsageError } from './failure.ts'
import { OutputClosed } from './output/output.ts'
import { createProgram } from './program.ts'
import { describeFields } from './validate.ts'

/**
 * Runs one command and returns its exit code: 0, 1, 2 or 130, as `--help` explains them. It never
 * throws.
 */
export async function run(args: readonly string[], cli: Cli): Promise<number> {
  try {
    await createProgram(cli).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    const { exitCode, text } = toExitCode(error)
    if (text !== undefined) await cli.stderr.print(text.split('\n')).catch(() => {})
    return exitCode
  }
}

function toExitCode(error: unknown): { exitCode: number; text?: string } {
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2 }
  if (error instanceof OutputClosed) return { exitCode: 0 }
  if (error instanceof ReportedError) return { exitCode: 1 }
  if (error instanceof Cancelled) return { exitCode: 130 }
  if (error instanceof UsageError) return { exitCode: 2, text: `error: ${error.message}` }
  return { exitCode: 1, text: `error: ${describe(error)}` }
}

const djangoLeads =
  'Django leads, and this service follows it: change accounts there, or see pnpm auth django switch --help.'

function describe(error: unknown): string {
  if (error instanceof AuthError) {
    if (error.code === 'read_only') return djangoLeads
    return error.fields === undefined ? error.message : describeFields(error.fields)
  }
  if (error instanceof LeaderError) return error.message
  if (error instanceof Failure || error instanceof SettingsError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
