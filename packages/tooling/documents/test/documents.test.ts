import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { documents, fencedLines, read, repository } from './documents.ts'

const manifest = z.object({ scripts: z.record(z.string(), z.string()).default({}), name: z.string() })
const readManifest = (path: string) => manifest.parse(JSON.parse(read(path)))
const workspaces = globSync(
  ['apps/*/package.json', 'packages/*/package.json', 'packages/tooling/*/package.json'],
  {
    cwd: repository,
  },
).toSorted()

test('README has at most 130 lines', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(130)
})

test.each(workspaces.map((path) => join(dirname(path), 'README.md')))('%s has at most 40 lines', (path) => {
  expect(existsSync(join(repository, path))).toBe(true)
  expect(read(path).trimEnd().split('\n').length).toBeLessThanOrEqual(40)
})

test.each(documents)('every link of %s leads to a file', (path) => {
  const links = Array.from(read(path).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link)
  const files = links.filter((link) => !/^(\w+:|#)/.test(link)).map((link) => link.replace(/#.*/, ''))
  expect(files.filter((file) => !existsSync(join(repository, dirname(path), file)))).toEqual([])
})

const pnpmCommands = new Set(['install', 'auth'])

test.each(documents)('every pnpm script in a fence of %s exists', (path) => {
  const root = readManifest('package.json').scripts
  const named = fencedLines(path, ['', 'sh']).flatMap((line) => {
    const [, filter, script = ''] = /^(?:npx -y )?pnpm(?:@\S+)? (?:--filter (\S+) )?([\w:]+)/.exec(line) ?? []
    if (script === '' || pnpmCommands.has(script)) return []
    const of = workspaces.map(readManifest).find(({ name }) => name === filter)
    return [{ script, exists: script in (filter === undefined ? root : (of?.scripts ?? {})) }]
  })
  expect(named.filter(({ exists }) => !exists)).toEqual([])
})

/** The anchor that GitHub and VitePress give a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s/g, '-')

test.each(documents)('every anchor in a link of %s is a heading', (path) => {
  const links = Array.from(
    read(path).matchAll(/\]\(([^)\s:#]*)#([^)\s]+)\)/g),
    ([, file = '', anchor = '']) => ({
      target: file === '' ? path : join(dirname(path), file),
      anchor,
    }),
  )
  const dead = links.filter(({ target, anchor }) => {
    const headings = Array.from(read(target).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => anchorOf(heading))
    return !headings.includes(anchor)
  })
  expect(dead).toEqual([])
})

/** What Node.js and the machine set, and what our programs set for each other. */
const notSettings = new Set(['NODE_OPTIONS', 'PATH', 'NODE_COMPILE_CACHE', 'UV_THREADPOOL_SIZE'])

test('the page of settings has every setting that a program reads', () => {
  const page = read('apps/docs/settings.md')
  const sources = globSync(['apps/*/src/**/*.ts', 'packages/{*,tooling/stack}/src/**/*.ts'], {
    cwd: repository,
    exclude: (name) => name === 'node_modules',
  })
  const names = sources.flatMap((path) =>
    Array.from(
      read(path).matchAll(/(?:env|variables|given)\??\.?\[?'?([A-Z][A-Z0-9_]{3,})\b/g),
      ([, name = '']) => name,
    ),
  )
  expect(names.length).toBeGreaterThan(20)
  const missing = new Set(names.filter((name) => !notSettings.has(name) && !page.includes(`\`${name}\``)))
  expect([...missing]).toEqual([])
})
