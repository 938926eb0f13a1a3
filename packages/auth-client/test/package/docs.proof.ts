import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageFolder, packConsumer } from './pack.ts'

/** What the pages use beside this package, as a reader would have it installed. */
const consumer = await packConsumer(['hono', 'express', 'fastify', 'next', '@types/express', '@types/node'])
afterAll(() => consumer.remove())

/** Expo's storage as far as it is used: installing it would bring all of React Native. */
const expoSecureStore = `declare module 'expo-secure-store' {
  export function getItemAsync(key: string): Promise<string | null>
  export function setItemAsync(key: string, value: string): Promise<void>
  export function deleteItemAsync(key: string): Promise<void>
}
`
await writeFile(join(consumer.folder, 'expo-secure-store.d.ts'), expoSecureStore)

/**
 * Pages for other languages: one runs in packages/tooling/contract, where its language is; Dart is
 * at hand nowhere.
 */
const foreign = ['python.md', 'dart.md']

const site = '../../apps/docs/client'
const docs = (await readdir(join(packageFolder, site))).filter((page) => !foreign.includes(page))

test.each(['README.md', ...docs.map((page) => `${site}/${page}`)])(
  'the TypeScript of %s compiles',
  async (page) => {
    const text = await readFile(join(packageFolder, page), 'utf8')
    const snippets = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
    expect(snippets.length).toBeGreaterThan(0)
    const files = snippets.map((_, index) =>
      join(consumer.folder, `${page.replaceAll(/\W/g, '-')}-${index}.ts`),
    )
    await Promise.all(files.map((file, index) => writeFile(file, snippets[index] ?? '')))
    const options = { types: ['node'], skipLibCheck: true }
    const project = [join(consumer.folder, 'expo-secure-store.d.ts'), ...files]
    expect(await consumer.compile(project, 'bundler', options)).toBe('compiles')
  },
)
