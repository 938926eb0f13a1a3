import { access } from 'node:fs/promises'
import { addContractUsers } from '@pockitflyer/contract/users'
import { startTestServer } from '@pockitflyer/postgres/testing'
import { openAccounts } from './accounts.ts'
import { people } from './people.ts'
import { prepareDatabase, type Stack, startStack, verifyingEnv } from './stack.ts'

/**
 * Starts PostgreSQL and two stacks, the usual one and one that asks for proof of an email, tells
 * the tests where they are, and stops them after the last one.
 */
export default async function startStacks(): Promise<() => Promise<void>> {
  await requireBuild()
  const running: (() => Promise<void>)[] = []
  const stopAll = async () => {
    for (const stop of running.toReversed()) await stop()
  }
  try {
    const server = await startTestServer({
      prepare: addPeople,
      serverUrl: process.env['TEST_DATABASE_URL'],
    })
    running.push(server.stop)
    const start = async (env: Record<string, string> = {}): Promise<Stack> => {
      const database = await server.createDatabase()
      running.push(database.drop)
      const stack = await startStack(database.url, env)
      running.push(() => stack.stop())
      return stack
    }
    const [stack, verifying] = [await start(), await start(verifyingEnv)]
    Object.assign(process.env, {
      TEST_API_URL: stack.apiUrl,
      TEST_WEB_URL: stack.url,
      TEST_STACK_DATABASE_URL: stack.databaseUrl,
      TEST_VERIFYING_WEB_URL: verifying.url,
      TEST_VERIFYING_DATABASE_URL: verifying.databaseUrl,
    })
  } catch (error) {
    await stopAll()
    throw error
  }
  return stopAll
}

async function requireBuild(): Promise<void> {
  try {
    await access(new URL('../.next/BUILD_ID', import.meta.url))
  } catch {
    throw new Error('The web app is not built. Run: pnpm --filter @pockitflyer/web build')
  }
}

/** The contract's users come first: its cases know them by their ids. */
async function addPeople(databaseUrl: string): Promise<void> {
  await prepareDatabase(databaseUrl)
  await addContractUsers(databaseUrl)
  const accounts = await openAccounts(databaseUrl)
  try {
    for (const person of Object.values(people)) await accounts.add(person)
  } finally {
    await accounts.close()
  }
}
