import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import {
  cloneTemplate,
  createCitusTemplate,
  dropTemplate,
  type Prepare,
  startTestServer,
  type Template,
  type TestDatabase,
} from './testing.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresTemplate: Template
  }
}

/**
 * A vitest globalSetup: starts the test server (or uses TEST_DATABASE_URL), prepares the template
 * once, and removes both after the run. A setup file says `export default testPostgres(migrate)`,
 * and `globalSetup` in vitest.config.ts names that file.
 */
export function testPostgres(
  prepare?: Prepare,
): (project: Pick<TestProject, 'provide'>) => Promise<() => Promise<void>> {
  return async (project) => {
    const server = await startTestServer({ prepare, serverUrl: process.env['TEST_DATABASE_URL'] })
    project.provide('postgresTemplate', server.template)
    return () => server.stop()
  }
}

/**
 * A vitest globalSetup for the cluster of Citus whose coordinator CITUS_DATABASE_URL names. It
 * prepares a template there, on every node, and removes it after the run.
 */
export function testCitus(
  prepare: Prepare,
): (project: Pick<TestProject, 'provide'>) => Promise<() => Promise<void>> {
  return async (project) => {
    const template = await createCitusTemplate(process.env['CITUS_DATABASE_URL'] ?? '', prepare)
    project.provide('postgresTemplate', template)
    return () => dropTemplate(template)
  }
}

/**
 * A database for this test file alone, a copy of the prepared template. Close your connections and
 * call `drop()` in afterAll; what is forgotten goes with the server. Needs the globalSetup above.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  return cloneTemplate(inject('postgresTemplate'))
}
