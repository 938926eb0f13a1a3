import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) })

/** Lints files that hold nothing but an import. Returns the files that the linter refuses. */
async function lint(imports: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rooms-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [file, from] of Object.entries(imports)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), `import type { A } from '${from}'\nexport type B = A\n`)
  }
  const { promise, resolve } = Promise.withResolvers<string>()
  const oxlint = join(root, 'node_modules/.bin/oxlint')
  execFile(oxlint, ['--format', 'json'], { cwd: folder }, (_, stdout) => resolve(stdout))
  const { diagnostics } = report.parse(JSON.parse(await promise))
  const refused = diagnostics.filter(({ code }) => /no-restricted-imports|no-cycle/.test(code))
  return refused.map(({ filename }) => filename).toSorted()
}

test('a room imports only the rooms below it', async () => {
  const allowed = {
    'packages/auth/src/http/a.ts': '../procedures/router.ts',
    'packages/auth/src/procedures/a.ts': '../sessions/login.ts',
    'packages/auth/src/admin/a.ts': '../db/users.ts',
    'packages/auth/src/sessions/a.ts': '../db/users.ts',
    'packages/auth/src/db/a.ts': './postgres/batched.ts',
    'packages/auth/src/db/postgres/a.ts': 'pg',
  }
  const refused = {
    'packages/auth/src/http/b.ts': '../db/users.ts',
    'packages/auth/src/procedures/b.ts': '../http/rest.ts',
    'packages/auth/src/sessions/b.ts': '../procedures/login.ts',
    'packages/auth/src/sessions/c.ts': '../db/postgres/connect.ts',
    'packages/auth/src/db/b.ts': '../sessions/login.ts',
    'packages/auth/src/db/c.ts': 'pg',
    'packages/auth/src/db/postgres/b.ts': '../users.ts',
    'packages/auth/src/settings/b.ts': '../tokens/tokens.ts',
    'apps/cli/src/b.ts': '@pockitflyer/web',
    'packages/server/src/b.ts': '@pockitflyer/api',
  }
  expect(await lint({ ...allowed, ...refused })).toEqual(Object.keys(refused).toSorted())
})

test('a room that the linter does not know may import nothing', async () => {
  const file = 'packages/auth/src/factors/a.ts'
  expect(await lint({ [file]: 'zod' })).toEqual([file])
})

test('two files whose types import each other are refused', async () => {
  const [one, other] = ['packages/auth/src/emails/a.ts', 'packages/auth/src/emails/b.ts']
  expect(await lint({ [one]: './b.ts', [other]: './a.ts' })).toEqual([one, other])
})
