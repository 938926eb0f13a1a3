import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

type Token = ReturnType<MarkdownRenderer['parse']>[number]

/** Where the pages are, and where the repository is. */
export interface Folders {
  site: string
  repository: string
  /** For example `https://git.example.com/pockitflyer/blob/main`. Default: none. */
  sourceUrl: string | undefined
}

/**
 * Handles links that leave the site for a file of the repository. They become links below
 * `sourceUrl` or, without it, plain text. VitePress checks only links within the site.
 * @throws {Error} when the file is missing, which fails the build
 */
export function linkToRepository(md: MarkdownRenderer, folders: Folders): void {
  md.core.ruler.push('repository-links', ({ tokens, env }: { tokens: Token[]; env: { path: string } }) => {
    for (const { children } of tokens) rewrite(children ?? [], env.path, folders)
  })
}

function rewrite(tokens: Token[], page: string, folders: Folders): void {
  let opened: Token | undefined
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const file = findFile(token.attrGet('href') ?? '', page, folders)
      opened = file !== undefined && folders.sourceUrl === undefined ? token : undefined
      if (file !== undefined) token.attrSet('href', `${folders.sourceUrl}/${file}`)
    }
    if (token.type === 'link_close' && opened !== undefined) {
      for (const end of [opened, token])
        Object.assign(end, { type: 'text', tag: '', nesting: 0, content: '' })
      opened = undefined
    }
  }
}

/** Returns the file of the repository that a link leaves the site for, or `undefined`. */
function findFile(href: string, page: string, { site, repository }: Folders): string | undefined {
  if (!href.startsWith('../')) return undefined
  const target = resolve(page, '..', href.replace(/#.*/, ''))
  if (target.startsWith(`${site}/`)) return undefined
  if (!existsSync(target)) throw new Error(`${relative(site, page)} links to ${href}, which is missing`)
  return relative(repository, target)
}
