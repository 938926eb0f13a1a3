import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const repository = join(import.meta.dirname, '../../../..')

const isOurs = (file: string) => !file.includes('node_modules') && !file.includes('/test/site-')

/** The documents of the repository, by their paths. */
export const documents = globSync(['*.md', '.github/*.md', '{apps,packages}/**/*.md'], {
  cwd: repository,
  exclude: (name) => ['node_modules', '.next', '.data', 'dist', 'cache'].includes(name),
})
  .filter(isOurs)
  .toSorted()

export const read = (path: string) => readFileSync(join(repository, path), 'utf8')

/** The lines of a document's fences in these languages. The empty one is a fence without a name. */
export function fencedLines(path: string, languages: string[]): string[] {
  const fences = read(path).matchAll(/^```(\w*)\n(.*?)^```$/gms)
  return Array.from(fences, ([, language = '', lines = '']) =>
    languages.includes(language) ? lines.split('\n') : [],
  ).flat()
}
