import { setImmediate as turn } from 'node:timers/promises'
import { findFreePort } from '@pockitflyer/server/testing'
import { expect, test } from 'vitest'
import { createServices } from '../src/services.ts'

test('what is stopped is not said to be started again', async () => {
  const said: string[] = []
  const services = createServices({
    readyLimitMs: 30_000,
    listen: () => () => {},
    onRestart: (what) => said.push(what),
    onEnd: (how) => said.push(how),
  })
  const port = await findFreePort()
  const program = `require('node:http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1')`
  const listens = { host: '127.0.0.1', port, portSetting: 'PORT' }
  const url = `http://127.0.0.1:${port}`
  await services.start({ name: 'it', args: ['-e', program], cwd: '.', env: process.env, url, listens }, '/')
  await services.stop(10_000)
  await turn()
  expect(said).toEqual([])
})
