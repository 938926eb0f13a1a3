import type { Readable } from 'node:stream'
import type { Caller } from '@pockitflyer/auth'
import type { KeyConfig } from '@pockitflyer/auth/admin'
import type { Output } from './output/output.ts'
import type { CliSettings } from './settings.ts'

/** The variables of the environment, as they are. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Standard input: a terminal, a pipe or a file. */
export type Stdin = Readable & { isTTY?: boolean }

/** What every command takes: the settings and the three streams. */
export interface Cli {
  /**
   * Called only by commands that need settings, so that `--help` works without any.
   * @throws {ConfigError} with every problem at once
   */
  readSettings(): CliSettings
  /**
   * Called only by commands that look after keys.
   * @throws {ConfigError} with every problem at once
   */
  readKeySettings(): KeyConfig
  /** For the doctor, who looks at what the service would read. */
  environment: Environment
  /** Files of this checkout that hold secrets, where they are there. */
  secretFiles: { signingKey: string; secretKey: string; env: string }
  /** Folder of the embedded PostgreSQL, used where there is no DATABASE_URL. */
  developmentDataDir: string
  stdin: Stdin
  /** Results. With `--json` nothing but JSON. */
  stdout: Output
  /** Errors, remarks and prompts. */
  stderr: Output
}

/** Who calls: the audit names this client. */
export const operator: Caller = { client: { ip: null, userAgent: 'auth-cli' } }
