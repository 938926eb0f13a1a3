import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { startWeb, type WebServer } from './web-server.ts'

/** A request as the service got it. */
export interface Heard {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** What the service answers to a procedure: its data, or the status of an error. */
type Answer = { data: unknown } | { status: number; code?: string }

/** A web app in front of a service that a test plays. */
export interface Stage {
  web: WebServer
  heard: Heard[]
  /** By procedure, such as `auth.me`; what is not there is 404. */
  answers: Record<string, Answer>
  stop(): Promise<void>
}

/** Starts a web app in front of a service that records what it hears. Outside tRPC it answers 200 `{"ok":true}`. */
export async function setStage(env: Record<string, string> = {}): Promise<Stage> {
  const heard: Heard[] = []
  const answers: Stage['answers'] = {}
  const service = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const body = await text(request).catch(() => 'cut off')
    heard.push({ method, url, headers, body })
    answer(url, answers, response)
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const address = service.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  const web = await startWeb(`http://127.0.0.1:${address.port}`, env)
  return {
    web,
    heard,
    answers,
    async stop() {
      await web.stop()
      service.closeAllConnections()
      service.close()
      await once(service, 'close')
    },
  }
}

function answer(url: string, answers: Stage['answers'], response: ServerResponse): void {
  const [, procedures] = /^\/api\/trpc\/([^?]+)/.exec(url) ?? []
  const results = procedures?.split(',').map((name) => answers[name] ?? { status: 404, code: 'not_found' })
  const failed = results?.find((result) => 'status' in result)
  response.writeHead(failed?.status ?? 200, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(results?.map(toEnvelope) ?? { ok: true }))
}

function toEnvelope(answer: Answer): unknown {
  if ('data' in answer) return { result: { data: answer.data } }
  const { status: httpStatus, code = 'token_invalid' } = answer
  return { error: { message: 'No.', code: -32_001, data: { code, httpStatus, path: 'x' } } }
}
