import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints, notExposed } from '../src/http/endpoints.ts'
import { createOpenApiDocument, renderOpenApiDocument } from '../src/http/openapi/document.ts'
import { operations } from '../src/http/openapi/operations.ts'
import { appRouter } from '../src/http/router.ts'

const document = await createOpenApiDocument()

/** The schemas that a procedure checks its input and its output with. */
const checks = z.object({ inputs: z.array(z.unknown()), output: z.unknown() })

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
  const { _def: definition } = appRouter
  const exposed = Object.entries(definition.procedures).filter(([name]) => !notExposed.includes(name))
  for (const [name, procedure] of exposed) {
    const { inputs, output } = checks.parse(Reflect.get(procedure, '_def'))
    const operation = operations[name]
    const described = operation?.input === undefined ? [] : [operation.input.schema]
    expect([name, inputs.length, output === operation?.output.schema]).toEqual([name, described.length, true])
    expect([name, inputs.every((input, index) => input === described[index])]).toEqual([name, true])
  }
})

test('an endpoint that asks for an access token says so, and no other does', () => {
  for (const { path, isProtected } of endpoints) {
    for (const { security } of Object.values(document.paths[`${path}/`] ?? {})) {
      expect(security).toEqual(isProtected ? [{ accessToken: [] }] : [])
    }
  }
})
