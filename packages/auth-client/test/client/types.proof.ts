import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const packageFolder = resolve(import.meta.dirname, '../..')
const authFolder = resolve(packageFolder, '../auth')

/** What the compiler says of `sibling.ts` when the service's source is changed so. */
async function compileSiblingWith(change?: { file: string; from: RegExp; to: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sibling-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(join(authFolder, 'src'), join(folder, 'src'), { recursive: true })
  await cp(join(authFolder, 'package.json'), join(folder, 'package.json'))
  await symlink(join(authFolder, 'node_modules'), join(folder, 'node_modules'))
  if (change !== undefined) {
    const file = join(folder, 'src', change.file)
    const source = await readFile(file, 'utf8')
    if (!change.from.test(source)) throw new Error(`${change.file} lacks ${change.from.source}`)
    await writeFile(file, source.replace(change.from, change.to))
  }
  const settings = {
    extends: resolve(packageFolder, '../../tsconfig.base.json'),
    compilerOptions: {
      typeRoots: [join(packageFolder, 'node_modules/@types')],
      paths: { '@pockitflyer/auth/router': [join(folder, 'src/procedures/router.ts')] },
    },
    files: [join(packageFolder, 'test/sibling.ts')],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  const tsc = join(packageFolder, 'node_modules/typescript/bin/tsc')
  return run(process.execPath, [tsc, '--project', folder, '--pretty', 'false']).then(
    () => 'compiles',
    (error: { stdout: string }) => error.stdout,
  )
}

test('a sibling compiles against the service as it is', async () => {
  expect(await compileSiblingWith()).toBe('compiles')
})

test.each([
  ['asks for other fields', { file: 'procedures/login.ts', from: /loginInput/g, to: 'verifyInput' }],
  ['answers other fields', { file: 'procedures/login.ts', from: /loginResult/g, to: 'nothing' }],
  ['renames a procedure', { file: 'procedures/router.ts', from: /^ {2}login,/m, to: '  logIn: login,' }],
])('a sibling does not compile against a service that %s', async (_, change) => {
  const said = await compileSiblingWith(change)
  expect(said).toMatch(/test\/sibling\.ts\(\d+,\d+\): error TS/)
})
