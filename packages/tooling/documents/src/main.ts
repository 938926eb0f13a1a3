import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generatedPages } from './pages.ts'

/** `pnpm docs:generate`: writes the pages that come from the code. */
const site = join(import.meta.dirname, '../../../../apps/docs')

for (const [name, text] of Object.entries(generatedPages())) await writeFile(join(site, name), text)
