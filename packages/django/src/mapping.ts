import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { SourceError } from './source-error.ts'

const name = z.string().min(1)
/** A column by its name; null: this Django has none. */
const column = name.nullable().optional()

/**
 * A mapping file: names that discovery cannot know. What it leaves out is discovered.
 * @example
 * mapping.parse({ users: { table: 'accounts_user' }, owners: { 'ada@example.com': 42 } })
 */
export const mapping = z.strictObject({
  users: z
    .strictObject({
      table: name.optional(),
      email: name.optional(),
      password: name.optional(),
      is_active: column,
      is_staff: column,
      is_superuser: column,
      date_joined: column,
      last_login: column,
    })
    .default({}),
  /** null: profiles are not moved. */
  profile: z
    .strictObject({ table: name.optional(), user: name.optional(), display_name: column, bio: column })
    .nullable()
    .default({}),
  /** The time zone of columns without one (`USE_TZ = False`), as PostgreSQL knows it. */
  time_zone: name.default('UTC'),
  /** Who owns a folded email that several users have in different spellings: the id of the user. */
  owners: z.record(z.string(), z.int().positive()).default({}),
})

export type Mapping = z.output<typeof mapping>

/**
 * Reads a mapping file, JSON.
 * @throws {SourceError} it cannot be read, or is no mapping: with each problem on a line
 * @example const mapping = await readMapping('django.json')
 */
export async function readMapping(file: string): Promise<Mapping> {
  const result = mapping.safeParse(await readJson(file))
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.') || 'file'}: ${message}`)
  throw new SourceError([`The mapping file ${file} cannot be used:`, ...problems].join('\n'))
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SourceError(`The mapping file ${file} cannot be read: ${reason}`, { cause })
  }
}
