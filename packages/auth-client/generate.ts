import { writeFile } from 'node:fs/promises'
import { renderClientTypes, renderProcedureTable } from '@pockitflyer/auth/client-types'
import { authRouter } from '@pockitflyer/auth/router'

/** Writes the types and the procedure table that the client takes from the service's router. */
const folder = new URL('src/client/generated/', import.meta.url)
await writeFile(new URL('procedures.ts', folder), renderClientTypes(authRouter))
await writeFile(new URL('procedure-table.ts', folder), renderProcedureTable(authRouter))
