import { join } from 'node:path'
import { createMarkdownRenderer, resolveConfig } from 'vitepress'
import { expect, test } from 'vitest'

const site = join(import.meta.dirname, '..')
const { markdown } = await resolveConfig(site)
const md = await createMarkdownRenderer(site, markdown)

/** Renders a page of the site by its configuration. */
const render = (text: string) => md.render(text, { path: join(site, 'page.md') })

test('a link to a missing file of the repository fails the build', () => {
  expect(() => render('[None](../../packages/none.md)')).toThrow('../../packages/none.md')
})

test('a link to a repository file becomes text without a source', () => {
  const html = render('See [the document](../../packages/auth/openapi.json).')
  expect(html).toBe('<p>See the document.</p>\n')
})
