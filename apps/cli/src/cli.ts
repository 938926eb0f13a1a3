import type { Readable } from 'node:stream'
import type { Caller } from '@pockitflyer/auth'
import type { KeySettings } from '@pockitflyer/auth/admin'
import type { Output } from './output/output.ts'
import type { CliSettings } from './settings.ts'

/** The environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Standard input: a terminal, a pipe or a file. */
export type Stdin = Readable & { isTTY?: boolean }

/** The dependencies of every command: the settings and the three streams. */
export interface Cli {
  /**
   * Reads the settings. Only commands that need them call it, so that `--help` works without any.
   * @throws {SettingsError} with every problem at once
   */
  readSettings(): CliSettings
  /**
   * Reads the settings of keys, for commands that manage keys.
   * @throws {SettingsError} with every problem at once
   */
  readKeySettings(): KeySettings
  /** For the doctor, which checks the environment of the service. */
  environment: Environment
  /** Files of this checkout with secrets; they may be absent. */
  secretFiles: { signingKey: string; secretKey: string; env: string }
  /** Folder of the embedded PostgreSQL, used where there is no DATABASE_URL. */
  developmentDataDir: string
  stdin: Stdin
  /** Results. With `--json` nothing but JSON. */
  stdout: Output
  /** Errors, remarks and prompts. */
  stderr: Output
}

/** The caller of use cases: the audit records this client. */
export const operator: Caller = { client: { ip: null, userAgent: 'auth-cli' } }
