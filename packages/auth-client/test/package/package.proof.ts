import { execFile } from 'node:child_process'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { existsSync } from 'node:fs'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { afterAll, expect, test } from 'vitest'
import { procedureTable } from '../../src/client/generated/procedure-table.ts'
import { packConsumer } from './pack.ts'

const run = promisify(execFile)
const consumer = await packConsumer(['hono'])
afterAll(() => consumer.remove())

const rightFile = join(consumer.folder, 'right.ts')
await copyFile(join(import.meta.dirname, 'consumer.ts.txt'), rightFile)

const client = "import { createAuthClient } from '@pockitflyer/auth-client'\n"

test.each(['bundler', 'nodenext'] as const)(
  'a project outside the workspace compiles against the package (%s)',
  async (moduleResolution) => {
    expect(await consumer.compile([rightFile], moduleResolution)).toBe('compiles')
  },
)

test.each(['bundler', 'nodenext'] as const)(
  'a wrong call fails to compile, with readable types (%s)',
  async (moduleResolution) => {
    const file = join(consumer.folder, 'wrong.ts')
    const lines = [
      "const { auth } = createAuthClient({ url: '' })",
      "await auth.login.mutate({ email: 'ada@example.com' })",
      'export const shown: [number, number] = [auth.login, auth.me.query]',
    ]
    await writeFile(file, client + lines.join('\n'))
    const said = await consumer.compile([file], moduleResolution)
    expect(said).toContain(
      "Property 'password' is missing in type '{ email: string; }' but required in type 'LoginInput'",
    )
    expect(said).toContain("Type 'Mutation<LoginInput, Session>'")
    expect(said).toContain("Type '(input: void, options?: CallOptions | undefined) => Promise<User>'")
  },
)

test('the package names no module of the service or workspace', async () => {
  const { stdout } = await run('grep', [
    '-rhoE',
    'from [\'"][^.\'"][^\'"]*[\'"]',
    join(consumer.installed, 'dist'),
  ])
  const modules = new Set(stdout.trim().replaceAll('"', "'").split('\n'))
  expect([...modules].toSorted()).toEqual([
    "from '@trpc/client'",
    "from '@trpc/server'",
    "from 'hono'",
    "from 'jose'",
    "from 'node:crypto'",
    "from 'node:fs/promises'",
    "from 'node:path'",
    "from 'node:process'",
    "from 'node:timers/promises'",
  ])
})

test('publint finds nothing', async () => {
  const { messages } = await publint({ pkgDir: consumer.installed, pack: false, strict: true })
  expect(messages).toEqual([])
})

test('arethetypeswrong finds nothing: every entry resolves to its types', async () => {
  const packed = createPackageFromTarballData(new Uint8Array(await readFile(consumer.tarball)))
  const analysis = await checkPackage(packed)
  if (analysis.types === false) throw new Error('the package has no types')
  const problems = analysis.problems.filter(
    (problem) => !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind),
  )
  expect(problems).toEqual([])
})

test("checking a consumer's types costs hardly more than an empty file's", async ({ annotate }) => {
  const diagnose = async (name: string, text: string) => {
    const file = join(consumer.folder, `${name}.ts`)
    await writeFile(file, text)
    const said = await consumer.compile([file], 'bundler', { extendedDiagnostics: true })
    expect(said).not.toContain('error')
    return (what: string) => Number(new RegExp(`^${what}: +([\\d.]+)`, 'm').exec(said)?.[1])
  }
  const empty = await diagnose('empty', 'export {}\n')
  const calls = Object.keys(procedureTable).map((name) => `export const ${name} = auth.${name}\n`)
  const used = await diagnose(
    'used',
    `${client}const { auth } = createAuthClient({ url: '' })\n${calls.join('')}`,
  )
  const [before, after] = [empty('Instantiations'), used('Instantiations')]
  await annotate(`instantiations: empty file ${before}, consumer ${after}`)
  const ratios = ['Symbols', 'Types', 'Instantiations'].map((counted) => used(counted) / empty(counted))
  expect(Math.max(...ratios)).toBeLessThan(1.1)
})

test('every link of the packed README leads to a packed file', async () => {
  const readme = await readFile(join(consumer.installed, 'README.md'), 'utf8')
  expect(readme).toContain('createAuthClient')
  const links = Array.from(readme.matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link)
  const files = links.filter((link) => !/^(https:|#)/.test(link))
  expect(files.filter((file) => !existsSync(join(consumer.installed, file)))).toEqual([])
})
