import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packConsumer } from './pack.ts'
import { packageFolder } from './tarball.ts'

/** What the pages use beside this package, as a reader would have it installed. */
const consumer = await packConsumer(['hono', 'express', 'fastify', 'next', '@types/express', '@types/node'])
afterAll(() => consumer.remove())

/**
 * Pages for other languages: one runs in packages/tooling/contract, where its language is; Dart is
 * at hand nowhere.
 */
const foreign = ['python.md', 'dart.md']

const site = '../../apps/docs/client'
const docs = (await readdir(join(packageFolder, site))).filter((page) => !foreign.includes(page))

/** The TypeScript of each page. What a page imports from a file is compiled with its app. */
const pages = await Promise.all(
  ['README.md', ...docs.map((page) => `${site}/${page}`)].map(async (page) => {
    const text = await readFile(join(packageFolder, page), 'utf8')
    return { page, snippets: Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = '']) => code) }
  }),
)

test.each(pages.filter(({ snippets }) => snippets.length > 0))(
  'the TypeScript of $page compiles',
  async ({ page, snippets }) => {
    const files = snippets.map((_, index) =>
      join(consumer.folder, `${page.replaceAll(/\W/g, '-')}-${index}.ts`),
    )
    await Promise.all(files.map((file, index) => writeFile(file, snippets[index] ?? '')))
    const options = { types: ['node'], skipLibCheck: true }
    expect(await consumer.compile(files, 'bundler', options)).toBe('compiles')
  },
)
