import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { packageDir } from './run.ts'

/**
 * A folder of this test file's own inside the package, so that imports in it resolve; removed after
 * the file.
 */
export async function createScratchDir(): Promise<string> {
  const cache = join(packageDir, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const dir = await mkdtemp(join(cache, 'openapi-'))
  afterAll(() => rm(dir, { recursive: true }))
  return dir
}
