import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { password, startAccounts } from './support/accounts.ts'
import { createFreshApp } from './support/fresh-app.ts'

const accounts = await startAccounts()

test.each([
  ['0.79.7', '0.82.5'],
  ['0.87.1', '0.87.1'],
])('a bundle for React Native %s logs in, refreshes and logs out', async (version, metro) => {
  const versions = {
    '@react-native/babel-preset': version,
    '@react-native/metro-config': version,
    metro,
  }
  const app = await createFreshApp('apps/react-native', { versions })
  await app.run('metro', ['build', 'index.js', '--platform', 'ios', '--minify', 'true', '--out', 'bundle'])
  const code = await readFile(join(app.folder, 'bundle.js'), 'utf8')
  const { promise, resolve } = Promise.withResolvers<unknown>()
  // What React Native has of a browser, and nothing of Node.
  const phone = { fetch, setTimeout, clearTimeout, AbortController, atob }
  const context = createContext({ ...phone, input: { ...accounts, password }, done: resolve })
  runInContext(code, context)
  expect(await promise).toEqual({ email: accounts.email, isRefreshed: true, logOut: 'ended' })
})
