import { removeOldTestDatabases } from './test-server/abandoned-databases.ts'
import { startMemoryServer } from './test-server/memory-server.ts'
import {
  cloneTemplate,
  createTemplate,
  dropTemplate,
  type Prepare,
  type Template,
  type TestDatabase,
} from './test-server/template.ts'

export {
  cloneTemplate,
  dropTemplate,
  type Prepare,
  type Template,
  type TestDatabase,
} from './test-server/template.ts'
export { createCitusTemplate } from './test-server/citus-template.ts'
export { startWire, type Wire } from './test-server/wire.ts'

export type StartTestServerOptions = {
  /**
   * Fills the template (migrations, say) and closes every connection it opened. Default: the
   * template stays empty.
   */
  prepare?: Prepare | undefined
  /**
   * A server of PostgreSQL 15 or later to use instead, as a role that may create databases
   * (TEST_DATABASE_URL).
   */
  serverUrl?: string | undefined
}

export type TestServer = {
  /** What `cloneTemplate` needs, as plain data: hand it to the processes that run tests. */
  template: Template
  /**
   * A new database, a copy of the template, in about 15 ms. Safe in parallel, also from several
   * processes.
   */
  createDatabase: () => Promise<TestDatabase>
  /**
   * Drops the template and every clone of it, and removes the server and its folder. Safe to call
   * twice.
   */
  stop: () => Promise<void>
}

/**
 * Starts a PostgreSQL for tests and resolves when its template database is prepared.
 *
 * The server is the embedded one, with its data in memory (/dev/shm where it has 512 MB free, else
 * the temporary folder), no fsync, 300 connections and a random password. It dies with this process
 * where setpriv exists; folders that killed runs left are removed at the next start. With
 * `serverUrl` template and clones are made there, under names of their own; those of killed runs
 * are dropped when they are older than a day.
 *
 * @throws {Error} the server did not start, or what `prepare` threw; nothing is left behind then.
 */
export async function startTestServer({
  prepare,
  serverUrl,
}: StartTestServerOptions = {}): Promise<TestServer> {
  if (serverUrl && !URL.canParse(serverUrl)) {
    throw new TypeError('TEST_DATABASE_URL cannot be read: percent-encode # / ? @ % in its password.')
  }
  const server = serverUrl ? { url: serverUrl, stop: () => Promise.resolve() } : await startMemoryServer()
  try {
    await removeOldTestDatabases(server.url)
    const template = await createTemplate(server.url, prepare)
    return {
      template,
      createDatabase: () => cloneTemplate(template),
      stop: async () => {
        if (serverUrl) await dropTemplate(template)
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
