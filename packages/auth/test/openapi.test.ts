import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints, notExposed } from '../src/http/endpoints.ts'
import { createOpenApiDocument, renderOpenApiDocument } from '../src/http/openapi/document.ts'
import { operations } from '../src/http/openapi/operations.ts'
import { nothingAsked } from '../src/http/procedure.ts'
import { procedures } from '../src/http/procedures.ts'

const document = await createOpenApiDocument()

test('the committed document is the one that the service serves; else run: pnpm --filter @pockitflyer/auth openapi', async () => {
  const committed = await readFile(new URL('../openapi.json', import.meta.url), 'utf8')
  expect(committed).toBe(renderOpenApiDocument(document))
})

test('every endpoint is described, with each of its methods and nothing else', () => {
  const described = Object.entries(document.paths).map(([path, methods]) => [path, Object.keys(methods)])
  expect(described).toEqual(
    endpoints.map(({ path, procedures }) => [
      `${path}/`,
      Object.keys(procedures).map((method) => method.toLowerCase()),
    ]),
  )
})

test('the document promises the very schemas that the procedures check', () => {
  const exposed = Object.entries(procedures).filter(([name]) => !notExposed.some((hidden) => hidden === name))
  for (const [name, { input, output }] of exposed) {
    const operation = operations[name]
    const asked = input instanceof z.ZodOptional ? input.unwrap() : input
    expect([name, asked === (operation?.input?.schema ?? nothingAsked)]).toEqual([name, true])
    expect([name, output === operation?.output.schema]).toEqual([name, true])
  }
})

test('an endpoint that asks for an access token says so, and no other does', () => {
  for (const { path, isProtected } of endpoints) {
    for (const { security } of Object.values(document.paths[`${path}/`] ?? {})) {
      expect(security).toEqual(isProtected ? [{ accessToken: [] }] : [])
    }
  }
})
