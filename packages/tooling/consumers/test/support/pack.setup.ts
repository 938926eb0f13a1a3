import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packTarball } from '@pockitflyer/auth-client/testing'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packed packages, by their names without the scope. */
    tarballs: Record<string, string>
  }
}

/** Packs both packages once for every app of a run. */
export default async function pack({ provide }: Pick<TestProject, 'provide'>) {
  const folder = await mkdtemp(join(tmpdir(), 'packed-'))
  const protocol = join(import.meta.dirname, '../../../../auth-protocol')
  const [client, schemas] = await Promise.all([packTarball(folder), packTarball(folder, protocol)])
  provide('tarballs', { 'auth-client': client, 'auth-protocol': schemas })
  return () => rm(folder, { recursive: true, force: true })
}
