import { testSecretKey } from '@pockitflyer/testing'
import { readCases } from '@pockitflyer/contract/cases'
import { replay } from '@pockitflyer/contract/replay'
import { createSender } from '@pockitflyer/contract/send'
import { expect, test } from './fixtures.ts'

/** A page of the web app. */
const ownPages = ['the root is not found']

test('the contract is the same through the web app, except its root', async ({ baseURL }) => {
  test.setTimeout(240_000)
  const sender = createSender(baseURL ?? '')
  const cases = readCases()
  const mismatches = await replay({ sender, secretKey: testSecretKey }, cases)
  sender.close()
  expect(cases.length).toBeGreaterThan(300)
  expect(mismatches.map(({ name }) => name)).toEqual(ownPages)
})
