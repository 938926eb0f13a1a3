import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runNode, runTool } from './run.ts'
import { createScratchDir } from './scratch.ts'
import { account } from './account.ts'
import { openAccounts, startServer } from './servers.ts'

const accounts = await openAccounts()
const server = await startServer(accounts.url)
const dir = await createScratchDir()
const inDir = (name: string) => join(dir, name)

const document = inDir('openapi.json')
await writeFile(document, await (await fetch(`${server.url}/api/openapi.json`)).text())
const generated = await runTool('openapi-typescript', [document, '--output', inDir('schema.ts')])

await writeFile(inDir('package.json'), '{ "type": "module" }')
await copyFile(join(import.meta.dirname, 'consumer.ts.txt'), inDir('consumer.ts'))
await copyFile(join(import.meta.dirname, 'wrong-calls.ts.txt'), inDir('wrong-calls.ts'))

/** Compiles a program beside the generated types, as strictly as TypeScript can. */
async function compile(name: string) {
  const compilerOptions = {
    target: 'ES2024',
    lib: ['ES2024', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    types: ['node'],
    outDir: 'out',
    rootDir: '.',
    strict: true,
    exactOptionalPropertyTypes: true,
    noImplicitReturns: true,
    noPropertyAccessFromIndexSignature: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    verbatimModuleSyntax: true,
  }
  const project = inDir(`${name}.tsconfig.json`)
  await writeFile(project, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }))
  return runTool('tsc', ['--project', project, '--pretty', 'false'])
}

test('a generated client compiles, logs in, refreshes and logs out', async () => {
  expect(generated).toMatchObject({ exitCode: 0 })
  expect(await compile('consumer')).toMatchObject({ exitCode: 0, stdout: '' })
  const { email, password } = account
  const program = await runNode([inDir('out/consumer.js'), server.url, email, password])
  expect(program).toMatchObject({ exitCode: 0, stderr: '' })
  const profile = { display_name: 'Anonymous User', bio: '' }
  expect(JSON.parse(program.stdout)).toEqual({
    user: { id: 1, email, profile },
    me: { id: 1, profile },
    isRotated: true,
    statuses: [200, 200, 401],
    refusal: { detail: 'Token is blacklisted', code: 'token_not_valid' },
  })
})

test('a call that the document does not allow does not compile', async () => {
  const { stdout } = await compile('wrong-calls')
  const told = stdout.matchAll(/wrong-calls\.ts\((\d+),\d+\): error/g)
  const lines = (await readFile(inDir('wrong-calls.ts'), 'utf8')).split('\n')
  const wrong = lines.flatMap((line, index) => (line.endsWith('// wrong') ? [index + 1] : []))
  expect(wrong.length).toBeGreaterThan(5)
  expect(new Set(Array.from(told, ([, line]) => Number(line)))).toEqual(new Set(wrong))
})
