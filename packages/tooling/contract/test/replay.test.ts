import { startTestApi, testSecretKey } from '@pockitflyer/testing'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll, expect, test } from 'vitest'
import { fromExpected, readCases } from '../src/cases.ts'
import { askForCase } from '../src/replay.ts'
import { createSender } from '../src/send.ts'
import { addContractUsers } from './users.ts'

/**
 * CONTRACT_URL and CONTRACT_SECRET_KEY replay the cases against a service that runs, through
 * with anything before it.
 */
const { CONTRACT_URL, CONTRACT_SECRET_KEY: secretKey = testSecretKey } = process.env

const sender = createSender(CONTRACT_URL ?? (await startOwnService()))
afterAll(() => sender.close())

async function startOwnService(): Promise<string> {
  const database = await createTestDatabase()
  await addContractUsers(database.url)
  const api = await startTestApi(database.url)
  afterAll(async () => {
    await api.stop()
    await database.drop()
  })
  return api.url
}

for (const recorded of readCases()) {
  test(`${recorded.name}${recorded.differs === undefined ? '' : ' (differs on purpose)'}`, async () => {
    expect(await askForCase({ sender, secretKey }, recorded)).toEqual(fromExpected(recorded.answer))
  })
}
