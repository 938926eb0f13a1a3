import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { startWeb, type WebServer } from './web-server.ts'

/** A web app in front of a service that answers every call alike, however wrong. */
export async function startInFrontOf(
  answer: (response: ServerResponse) => unknown,
): Promise<WebServer & { stop(): Promise<void> }> {
  const service = createServer((request, response) => {
    request.resume()
    answer(response)
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const address = service.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  const web = await startWeb(`http://127.0.0.1:${address.port}`)
  return {
    ...web,
    async stop() {
      await web.stop()
      service.closeAllConnections()
      service.close()
      await once(service, 'close')
    },
  }
}
