import { readFile } from 'node:fs/promises'
import { renderClientTypes, renderProcedureTable } from '@pockitflyer/auth/client-types'
import { authRouter } from '@pockitflyer/auth/router'
import { expect, test } from 'vitest'

test.each([
  ['procedures.ts', renderClientTypes],
  ['procedure-table.ts', renderProcedureTable],
])('%s is what the router says; else run: pnpm client:types', async (file, render) => {
  const committed = await readFile(new URL(`../../src/client/generated/${file}`, import.meta.url), 'utf8')
  expect(committed).toBe(render(authRouter))
})
