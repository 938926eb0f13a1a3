import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { password, startAccounts } from './support/accounts.ts'
import { createFreshApp } from './support/fresh-app.ts'

const accounts = await startAccounts()
const app = await createFreshApp('generated')
const document = await (await fetch(`${accounts.origin}/api/openapi.json`)).text()
await writeFile(join(app.folder, 'openapi.json'), document)

const manifest: unknown = JSON.parse(await readFile(join(app.folder, 'package.json'), 'utf8'))
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(manifest)
const generators = Object.keys(scripts)
await Promise.all(generators.map((name) => app.run('node', ['--run', name])))

test('every generated client and its program compile strictly', async () => {
  expect(await app.run('tsc', ['--pretty', 'false'])).toBe('')
})

test.concurrent.each(generators)('the client of %s logs in, refreshes and lists sessions', async (name) => {
  const program = [join(name, 'main.ts'), accounts.origin, accounts.email, password]
  const said: unknown = JSON.parse(await app.run('tsx', program))
  expect(said).toEqual({ email: accounts.email, isRotated: true, current: true })
})
