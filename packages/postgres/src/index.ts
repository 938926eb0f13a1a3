export { type Postgres, type StartPostgresOptions, startPostgres } from './start-postgres.ts'
