import type { z } from 'zod'

/**
 * Settings that cannot be used. `problems` has a line for each, with its fix.
 * @example if (error instanceof SettingsError) console.error(error.problems.join('\n'))
 */
export class SettingsError extends TypeError {
  override readonly name = 'SettingsError'
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * Reads and validates settings from an environment. An app with settings of its own passes
 * `z.intersection(authSettings, ownSettings)`. An empty value counts as absent.
 * @throws {SettingsError} with every problem at once
 * @example const { PORT } = readSettings(z.object({ PORT: z.coerce.number() }), process.env)
 */
export function readSettings<Settings>(
  schema: z.ZodType<Settings>,
  env: Record<string, string | undefined>,
): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const { data, error } = schema.safeParse(given)
  if (error === undefined) return data
  throw new SettingsError(error.issues.map(({ path, message }) => `${path.join('.')} ${message}`))
}
