import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

test('a database without Citus is not distributed', async () => {
  const refused = {
    code: 1,
    stdout: '',
    stderr:
      'error: The database has no Citus. Run on the coordinator and on each worker: create extension citus\n',
  }
  expect(await service.run(['distribute'])).toEqual(refused)
  expect(await service.run(['distribute', '--dry-run'])).toEqual(refused)
})
