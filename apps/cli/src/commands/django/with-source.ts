import {
  connectSource,
  type DjangoSource,
  type FollowedSource,
  type Mapping,
  mapping,
  openPostgresSource,
  readMapping,
  SourceError,
} from '@pockitflyer/django'
import { findDatabaseUrlProblem } from '@pockitflyer/postgres-pool'
import type { Command } from 'commander'
import { Failure, UsageError } from '../../failure.ts'

/** The options that say where Django's users are. */
export interface SourceOptions {
  source?: string
  usersTable?: string
  profileTable?: string
  mapping?: string
}

/** Adds the options that say where Django's users are. */
export function addSourceOptions(command: Command): Command {
  return command
    .option('--source <url>', "Django's PostgreSQL; without a password in it, PGPASSWORD has that")
    .option('--users-table <table>', 'the table of AUTH_USER_MODEL, if it cannot be found')
    .option('--profile-table <table>', 'the table of the profiles, if it cannot be found')
    .option('--mapping <file>', 'JSON: names of columns, and who owns an email')
}

/**
 * Runs work on Django's database and closes it.
 * @throws {UsageError} no source is named
 * @throws {Failure} the source, or the mapping file, cannot be used
 */
export async function withSource<Result>(
  options: SourceOptions,
  work: (source: DjangoSource, mapping: Mapping) => Promise<Result>,
): Promise<Result> {
  const url = options.source
  if (url === undefined) throw new UsageError('--source is missing. Add --help to see how it is used.')
  const problem = findDatabaseUrlProblem(url)
  if (problem !== undefined) throw new UsageError(`--source ${problem}.`)
  const db = connectSource(url)
  try {
    const mapping = await readNames(options)
    return await work(await openPostgresSource(db, { url, mapping }), mapping)
  } catch (error) {
    throw error instanceof SourceError ? new Failure(error.message, { cause: error }) : error
  } finally {
    await db.destroy()
  }
}

/**
 * Runs work on a Django database that notes what changes.
 * @throws {UsageError} no source is named
 * @throws {Failure} the source, or the mapping file, cannot be used
 */
export async function withFollowedSource<Result>(
  options: SourceOptions,
  work: (source: FollowedSource, mapping: Mapping) => Promise<Result>,
): Promise<Result> {
  return withSource(options, (source, mapping) => {
    const { feed } = source
    if (feed === undefined) throw new UsageError('--source must be a PostgreSQL database.')
    return work({ ...source, feed }, mapping)
  })
}

/** An option overrides the mapping file. */
async function readNames({ usersTable, profileTable, mapping: file }: SourceOptions): Promise<Mapping> {
  const named = file === undefined ? mapping.parse({}) : await readMapping(file)
  return {
    ...named,
    users: { ...named.users, ...(usersTable !== undefined && { table: usersTable }) },
    profile: profileTable === undefined ? named.profile : { ...named.profile, table: profileTable },
  }
}
