import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { procedureTable } from '../../src/client/generated/procedure-table.ts'
import { startLanguageServer } from './language-server.ts'
import { fieldsOf, packConsumer, readField } from './pack.ts'
import { packageFolder } from './tarball.ts'

const run = promisify(execFile)
const consumer = await packConsumer(['hono'])
afterAll(() => consumer.remove())

const server = await startLanguageServer(consumer.folder)
afterAll(() => server.stop())

/** The first words of the doc comment of a procedure, in the source of the service. */
async function readFirstWords(name: string): Promise<string> {
  const file = `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
  const source = await readFile(join(packageFolder, '../auth/src/procedures', file), 'utf8')
  const comment = new RegExp(String.raw`\/\*\*[\s*]*((?:\S+ ){3})(?:(?!\*\/)[^])*\*\/\nexport const ${name} `)
  const words = comment.exec(source)?.[1]
  if (words === undefined) throw new Error(`${name} has no doc comment.`)
  return words
}

test.each(Object.keys(procedureTable))('an editor shows the doc comment of %s', async (name) => {
  const content = `import { createAuthClient } from '@pockitflyer/auth-client'\nconst { auth } = createAuthClient({ url: '' })\nauth.${name}`
  const shown = await server.hover(join(consumer.folder, `${name}.ts`), content)
  expect(shown).toContain(await readFirstWords(name))
})

test('an editor shows what a field is', async () => {
  const content = `import type { SessionEntry } from '@pockitflyer/auth-client'\ndeclare const session: SessionEntry\nsession.reused_at`
  const shown = await server.hover(join(consumer.folder, 'field.ts'), content)
  expect(shown).toContain('refresh token that had long been replaced')
})

test("the tarball's types know no database, context or schema library", async () => {
  const dist = join(consumer.installed, 'dist')
  const files = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith('.d.ts'))
  const texts = await Promise.all(files.map((file) => readFile(join(dist, file), 'utf8')))
  expect(files.length).toBeGreaterThan(10)
  for (const text of texts) {
    expect(text).not.toMatch(
      /kysely|\bpg\b|\bzod\b|RequestContext|ProcedureMeta|\bAuth\b|@pockitflyer\/auth-protocol/,
    )
  }
})

test('the manifest in the tarball depends on no package of the workspace', async () => {
  const { stdout } = await run('tar', ['xzOf', consumer.tarball, 'package/package.json'])
  expect(stdout).not.toContain('workspace:')
  const manifest = join(consumer.installed, 'package.json')
  const dependencies = fieldsOf(await readField(manifest, 'dependencies'))
  const peerDependencies = fieldsOf(await readField(manifest, 'peerDependencies'))
  expect(Object.keys({ ...dependencies, ...peerDependencies }).toSorted()).toEqual([
    '@trpc/client',
    '@trpc/server',
    'hono',
    'jose',
  ])
})
