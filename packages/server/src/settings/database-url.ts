import { findDatabaseUrlProblem } from '@pockitflyer/postgres-pool'
import { z } from 'zod'
import { refuse } from './values.ts'

/** The URL of a PostgreSQL. The message for an absent one shows the example. */
export const databaseUrl = (example: string) =>
  z.string(`is missing; for example ${example}`).superRefine(refuse(findDatabaseUrlProblem))
