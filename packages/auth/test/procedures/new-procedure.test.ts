import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test, vi } from 'vitest'
import { createAuth } from '../../src/auth.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import type * as clientTypes from '../../src/http/client-types/render.ts'
import type * as http from '../../src/http/index.ts'
import type * as openapi from '../../src/http/openapi/document.ts'
import type { Call } from '../../src/observer.ts'
import type * as routers from '../../src/procedures/router.ts'
import { createService, openDatabase, logIn } from '../support/harness.ts'
import { secretKey } from '../support/jwt.ts'

const packageFolder = resolve(import.meta.dirname, '../..')
const clientFolder = resolve(packageFolder, '../auth-client')
const folder = await mkdtemp(join(tmpdir(), 'new-procedure-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The one new file of a procedure. */
const newFile = `
import { z } from 'zod'
import { protectedProcedure } from './base.ts'
import { callerErrors } from './error-examples.ts'

/** Says hello to a name. */
export const greet = protectedProcedure
  .meta({
    rest: { method: 'POST', path: '/api/users/greet', view: 'Greet' },
    docs: {
      tag: 'Account',
      summary: 'Greet somebody',
      description: 'Says hello.',
      input: { summary: 'A name', example: { name: 'Ada' } },
      output: { summary: 'A greeting', example: { greeting: 'Hello Ada' } },
    },
    errors: callerErrors,
  })
  .input(z.object({ name: z.string(), loudness: z.int().optional() }).meta({ id: 'GreetInput' }))
  .output(z.object({ greeting: z.string() }).meta({ id: 'Greeting' }))
  .mutation(({ ctx, input }) => ({ greeting: \`Hello \${input.name}, number \${ctx.caller.claims.user_id}\` }))
`

/** What a sibling writes with the typed client. */
const sibling = `
import { createAuthClient } from './client/index.ts'

const client = createAuthClient({ url: 'http://localhost/' })
export const greeting: Promise<string> = client.auth.greet.mutate({ name: 'Ada' }).then((said) => said.greeting)
// @ts-expect-error -- the name is text
export const wrong = client.auth.greet.mutate({ name: 1 })
`

/** Copies the service, and adds the file and its line in the list of procedures. */
async function addProcedure(): Promise<typeof http & typeof openapi> {
  await cp(join(packageFolder, 'src'), join(folder, 'src'), { recursive: true })
  await cp(join(packageFolder, 'package.json'), join(folder, 'package.json'))
  await symlink(join(packageFolder, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'src/procedures/greet.ts'), newFile)
  const list = join(folder, 'src/procedures/router.ts')
  const source = await readFile(list, 'utf8')
  await writeFile(
    list,
    `import { greet } from './greet.ts'\n${source.replace('  policy,\n', '  policy,\n  greet,\n')}`,
  )
  return {
    ...(await vi.importActual<typeof http>(join(folder, 'src/http/index.ts'))),
    ...(await vi.importActual<typeof openapi>(join(folder, 'src/http/openapi/document.ts'))),
  }
}

const { db } = await openDatabase()
const service = await createService(db)
const account = await logIn(service)
const calls: Call[] = []
const auth = await createAuth(readAuthSettings({ SECRET_KEY: secretKey }), {
  db,
  observer: { called: (call) => void calls.push(call), refreshed: () => {}, dequeued: () => {} },
})
const { createContext, createOpenApiDocument, findRoute, handleRest, handleTrpc } = await addProcedure()

async function send(handle: typeof handleRest, path: string, init: RequestInit): Promise<unknown> {
  const request = new Request(`http://accounts.test${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${account.access}`, 'Content-Type': 'application/json' },
  })
  const answer = await handle(request, createContext(auth, request, '203.0.113.7'), (error) =>
    expect.fail(String(error)),
  )
  return answer.json()
}

test('a procedure of one file and line is served everywhere', async () => {
  const body = JSON.stringify({ name: 'Ada' })
  const greeting = `Hello Ada, number ${account.id}`
  expect(await send(handleTrpc, '/api/trpc/auth.greet', { method: 'POST', body })).toEqual({
    result: { data: { greeting } },
  })
  expect(await send(handleRest, '/api/users/greet/', { method: 'POST', body })).toEqual({ greeting })
  expect(await send(handleRest, '/api/users/greet/', { method: 'POST', body: '{}' })).toEqual({
    name: [expect.stringContaining('expected string')],
  })
})

test('OPTIONS and Allow describe a new procedure', async () => {
  expect(await send(handleRest, '/api/users/greet/', { method: 'OPTIONS' })).toMatchObject({
    name: 'Greet',
    actions: { POST: { name: { required: true }, loudness: { required: false, label: 'Loudness' } } },
  })
})

test('the OpenAPI document describes a new procedure', async () => {
  const { paths, components } = await createOpenApiDocument()
  expect(paths?.['/api/users/greet/']?.post).toMatchObject({
    operationId: 'greet',
    security: [{ accessToken: [] }],
  })
  expect(components?.schemas).toMatchObject({
    GreetInput: { required: ['name'] },
    Greeting: { required: ['greeting'] },
    GreetFieldErrors: { minProperties: 1 },
  })
})

test('logs and metrics name a new procedure', () => {
  expect(calls.map(({ procedure, outcome }) => `${procedure} ${outcome}`)).toContain('auth.greet ok')
  expect(findRoute('/api/users/greet/')).toBe('/api/users/greet')
  expect(findRoute('/api/trpc/auth.greet')).toBe('/api/trpc/auth.greet')
})

/** The typed client, generated from the service that has the new procedure. */
async function generateClient(): Promise<{ types: string }> {
  const { renderClientTypes, renderProcedureTable } = await vi.importActual<typeof clientTypes>(
    join(folder, 'src/http/client-types/render.ts'),
  )
  const { authRouter } = await vi.importActual<typeof routers>(join(folder, 'src/procedures/router.ts'))
  const types = renderClientTypes(authRouter)
  await cp(join(clientFolder, 'src'), join(folder, 'client'), { recursive: true })
  await symlink(join(clientFolder, 'node_modules'), join(folder, 'client/node_modules'))
  await writeFile(join(folder, 'client/client/generated/procedures.ts'), types)
  await writeFile(
    join(folder, 'client/client/generated/procedure-table.ts'),
    renderProcedureTable(authRouter),
  )
  return { types }
}

test('the typed client has a new procedure, with its doc comment', async () => {
  const { types } = await generateClient()
  expect(types).toMatch(/\* Says hello to a name\.[^/]*\*\/\n {2}greet: Mutation<GreetInput, Greeting>\n/)
  await writeFile(join(folder, 'sibling.ts'), sibling)
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: resolve(packageFolder, '../../tsconfig.base.json'),
      compilerOptions: { typeRoots: [join(packageFolder, 'node_modules/@types')] },
      files: ['sibling.ts'],
    }),
  )
  const tsc = join(packageFolder, 'node_modules/typescript/bin/tsc')
  const said = await promisify(execFile)(process.execPath, [
    tsc,
    '--project',
    folder,
    '--pretty',
    'false',
  ]).then(
    () => 'compiles',
    (error: { stdout: string }) => error.stdout,
  )
  expect(said).toBe('compiles')
})

test('the typed client calls a new procedure', async () => {
  const { createAuthClient } = await vi.importActual<GreetingClient>(join(folder, 'client/index.ts'))
  const client = createAuthClient({
    url: 'http://accounts.test/api/trpc',
    accessToken: account.access,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      return handleTrpc(request, createContext(auth, request, '203.0.113.7'), (error) =>
        expect.fail(String(error)),
      )
    },
  })
  expect(await client.auth.greet.mutate({ name: 'Ada' })).toEqual({
    greeting: `Hello Ada, number ${account.id}`,
  })
})

/** What the typed client is once it has the new procedure. */
interface GreetingClient {
  createAuthClient: (options: { url: string; accessToken: string; fetch: typeof fetch }) => {
    auth: { greet: { mutate(input: { name: string }): Promise<unknown> } }
  }
}
