import type { Admin } from '@pockitflyer/auth/admin'
import {
  connectSource,
  type DjangoSource,
  type FollowedSource,
  type Mapping,
  mapping,
  openFixtureSource,
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
  fixture?: string
  usersTable?: string
  profileTable?: string
  mapping?: string
}

/** Adds the options that say where Django's users are. */
export function addSourceOptions(command: Command): Command {
  return command
    .option('--source <url>', "Django's PostgreSQL; without a password in it, PGPASSWORD has that")
    .option('--fixture <file>', 'JSON of manage.py dumpdata, for Django on another database')
    .option('--users-table <table>', 'the table of AUTH_USER_MODEL, if it cannot be found')
    .option('--profile-table <table>', 'the table of the profiles, if it cannot be found')
    .option('--mapping <file>', 'JSON: names of columns, and who owns an email')
}

/** The option for a Django database where this role may only read. */
export interface PollOption {
  poll?: boolean
}

/** Adds the option for a Django database where this role may only read. */
export function addPollOption(command: Command): Command {
  return command.option('--poll', 'compare ranges of ids instead of installing triggers: SELECT is enough')
}

type Work<Source, Result> = (source: Source, mapping: Mapping) => Promise<Result>

/**
 * Refuses options that name no source, or two.
 * @throws {UsageError}
 */
export function assertSource({ source, fixture }: SourceOptions): void {
  if ((source === undefined) === (fixture === undefined)) {
    throw new UsageError('Name the source: --source, or --fixture. Add --help to see how it is used.')
  }
  const problem = source === undefined ? undefined : findDatabaseUrlProblem(source)
  if (problem !== undefined) throw new UsageError(`--source ${problem}.`)
}

/**
 * Runs work on Django's users and closes what it opened.
 * @throws {Failure} the source, or the mapping file, cannot be used
 */
export async function withSource<Result>(
  admin: Admin,
  options: SourceOptions,
  work: Work<DjangoSource, Result>,
): Promise<Result> {
  return orFailure(async () => {
    const mapping = await readNames(options)
    return options.source === undefined
      ? withFixture(admin, { file: options.fixture ?? '', mapping, work })
      : withPostgres({ url: options.source, mapping, work })
  })
}

/**
 * Runs work on a Django database that notes what changes.
 * @throws {UsageError} no database is named
 * @throws {Failure} the source, or the mapping file, cannot be used
 */
export async function withFollowedSource<Result>(
  options: SourceOptions & PollOption,
  work: Work<FollowedSource, Result>,
): Promise<Result> {
  const url = options.source
  if (url === undefined) throw new UsageError('--source must be a PostgreSQL database.')
  assertSource(options)
  const poll = options.poll ?? false
  return orFailure(async () => withPostgres({ url, poll, mapping: await readNames(options), work }))
}

async function orFailure<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw error instanceof SourceError ? new Failure(error.message, { cause: error }) : error
  }
}

/** The dump stands in a temporary table, so that one connection is kept for it. */
async function withFixture<Result>(
  { db }: Admin,
  { file, mapping, work }: { file: string; mapping: Mapping; work: Work<DjangoSource, Result> },
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    return work(await openFixtureSource(connection, { file, mapping }), mapping)
  })
}

async function withPostgres<Result>({
  url,
  poll = false,
  mapping,
  work,
}: {
  url: string
  poll?: boolean
  mapping: Mapping
  work: Work<FollowedSource, Result>
}): Promise<Result> {
  const db = connectSource(url)
  try {
    return await work(await openPostgresSource(db, { url, mapping, poll }), mapping)
  } finally {
    await db.destroy()
  }
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
