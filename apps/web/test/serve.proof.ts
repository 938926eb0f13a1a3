import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from './fixtures.ts'
import { sendRaw } from './raw-request.ts'
import { startWeb } from './web-server.ts'

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} finishes the open answer, takes no other and exits 0`, async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<ServerResponse>()
    const service = createServer((_, response) => ask(response)).listen(0, '127.0.0.1')
    await once(service, 'listening')
    const address = service.address()
    if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
    const web = await startWeb(`http://127.0.0.1:${address.port}`)
    const { hostname, port } = new URL(web.url)
    const idle = connect(Number(port), hostname)
    await once(idle, 'connect')
    const answer = sendRaw(web.url, { target: '/api/x' })
    const held = await asked
    process.kill(web.pid, signal)
    await expect
      .poll(() =>
        sendRaw(web.url, { target: '/icon.svg' }).then(
          ({ status }) => status,
          () => 'refused',
        ),
      )
      .not.toBe(200)
    held.end('whole')
    expect((await answer).body).toContain('whole')
    expect(await web.exitCode).toBe(0)
    idle.destroy()
    service.closeAllConnections()
    service.close()
  })
}

test('a web app that listens everywhere answers, its pages too', async () => {
  const web = await startWeb('http://127.0.0.1:1', { WEB_HOST: '0.0.0.0' })
  expect((await sendRaw(web.url, {})).status).toBe(200)
  await web.stop()
})

test('a port that is taken stops the start and is told', async () => {
  const web = await startWeb('http://127.0.0.1:1')
  const again = startWeb('http://127.0.0.1:1', { WEB_PORT: new URL(web.url).port })
  await expect(again).rejects.toThrow('The web app cannot start: another program has WEB_PORT=')
  await web.stop()
})
