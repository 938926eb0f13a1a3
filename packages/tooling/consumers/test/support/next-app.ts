import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runPnpm } from '@pockitflyer/auth-client/testing'
import { z } from 'zod'
import { createFreshApp, type FreshApp } from './fresh-app.ts'

const schema = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  /** Left out: the pnpm of the workspace serves. */
  packageManager: z.string().optional(),
})

const flags = [
  '--ts',
  '--app',
  '--empty',
  '--no-tailwind',
  '--no-eslint',
  '--no-src-dir',
  '--no-react-compiler',
]

/** Creates an app by today's `create-next-app`, with the files of `apps/nextjs` over its own. */
export async function createNextApp(): Promise<FreshApp> {
  return createFreshApp('apps/nextjs', { prepare })
}

async function prepare(folder: string): Promise<void> {
  const template = ['create-next-app@16.4.3', '.', ...flags, '--skip-install', '--disable-git', '--yes']
  await runPnpm(folder, 'dlx', ...template)
  const manifest = join(folder, 'package.json')
  const {
    dependencies,
    packageManager: _,
    ...rest
  } = schema.parse(JSON.parse(await readFile(manifest, 'utf8')))
  const withClient = { ...dependencies, '@pockitflyer/auth-client': 'latest' }
  await writeFile(manifest, JSON.stringify({ ...rest, dependencies: withClient }))
  await rm(join(folder, 'app/page.tsx'))
}
