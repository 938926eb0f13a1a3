import { readdir, readFile, readlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/** A link below the folder of the binaries, and its target relative to the link. */
export type Symlink = { link: string; leadsTo: string }

/**
 * Returns the links among the embedded libraries: the existing ones, and those that the package
 * lists for its install script. npm packages cannot hold links, and that script may not have run.
 */
export async function readSymlinks(installed: string): Promise<Symlink[]> {
  const entries = await readdir(installed, { recursive: true, withFileTypes: true })
  const present = entries
    .filter((entry) => entry.isSymbolicLink())
    .map(async (entry) => {
      const link = join(entry.parentPath, entry.name)
      return { link: relative(installed, link), leadsTo: await readlink(link) }
    })
  const listed: unknown = JSON.parse(
    await readFile(join(installed, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  return [...(await Promise.all(present)), ...(Array.isArray(listed) ? listed.flatMap(parseListed) : [])]
}

/** In the list `source` is the library and `target` the link, both relative to the package. */
function parseListed(item: unknown): Symlink[] {
  if (typeof item !== 'object' || item === null || !('source' in item) || !('target' in item)) return []
  const [library, link] = [String(item.source), String(item.target)]
  return [{ link: relative('native', link), leadsTo: relative(dirname(link), library) }]
}
