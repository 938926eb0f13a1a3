import { createServer } from 'node:http'
import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createServices } from '../src/services.ts'

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return address.port
}

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
  const url = `http://127.0.0.1:${port}`
  await services.start({ name: 'it', args: ['-e', program], cwd: '.', env: process.env, url }, '/')
  await services.stop(10_000)
  await turn()
  expect(said).toEqual([])
})
