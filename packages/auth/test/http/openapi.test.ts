import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createOpenApiDocument, renderOpenApiDocument } from '../../src/http/openapi/document.ts'
import { endpoints } from '../../src/http/routes.ts'

const document = await createOpenApiDocument()

test('the committed document is current; else run: pnpm openapi', async () => {
  const committed = await readFile(new URL('../../openapi.json', import.meta.url), 'utf8')
  expect(committed).toBe(renderOpenApiDocument(document))
})

test('every endpoint is described, with each of its methods and nothing else', () => {
  const described = Object.entries(document.paths ?? {}).map(([path, methods]) => [
    path,
    Object.keys(methods),
  ])
  expect(described).toEqual(
    endpoints.map(({ path, operations }) => [
      `${path}/`,
      Array.from(operations.keys(), (method) => method.toLowerCase()),
    ]),
  )
})

test('only endpoints that need an access token say so', () => {
  for (const { path, isProtected, operations } of endpoints) {
    const { get, post, put, patch, delete: remove } = document.paths?.[`${path}/`] ?? {}
    const security = [get, post, put, patch, remove].flatMap((operation) => operation?.security ?? [])
    expect([path, security]).toEqual([
      path,
      isProtected ? Array.from(operations, () => ({ accessToken: [] })) : [],
    ])
  }
})
