import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** A request as the service got it. */
export interface Heard {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/**
 * What the service answers to a procedure: its data, or the status of an error and what else the
 * error says.
 */
type Answer = { data: unknown } | ({ status: number; code?: string } & Record<string, unknown>)

/** A service that a test plays. */
export interface PlayedService {
  url: string
  heard: Heard[]
  /** By procedure, such as `auth.me`; what is not there is 404. */
  answers: Record<string, Answer>
  stop(): Promise<void>
}

/** Starts a service that records what it hears. Outside tRPC it answers 200 `{"ok":true}`. */
export async function playService(): Promise<PlayedService> {
  const heard: Heard[] = []
  const answers: PlayedService['answers'] = {}
  const service = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const body = await text(request).catch(() => 'cut off')
    heard.push({ method, url, headers, body })
    answer(url, answers, response)
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const address = service.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard,
    answers,
    async stop() {
      service.closeAllConnections()
      service.close()
      await once(service, 'close')
    },
  }
}

/** Forgets what a service has heard and what it was to answer. */
export function resetService({ heard, answers }: PlayedService): void {
  heard.length = 0
  for (const name of Object.keys(answers)) delete answers[name]
}

function answer(url: string, answers: PlayedService['answers'], response: ServerResponse): void {
  const [, procedures] = /^\/api\/trpc\/([^?]+)/.exec(url) ?? []
  const results = procedures?.split(',').map((name) => answers[name] ?? { status: 404, code: 'not_found' })
  const failed = results?.find((result) => 'status' in result)
  response.writeHead(failed?.status ?? 200, { 'Content-Type': 'application/json' })
  const envelopes = results?.map(toEnvelope) ?? { ok: true }
  const isSingle = Array.isArray(envelopes) && !url.includes('batch=1')
  response.end(JSON.stringify(isSingle ? envelopes[0] : envelopes))
}

function toEnvelope(answer: Answer): unknown {
  if ('data' in answer) return { result: { data: answer.data } }
  const { status: httpStatus, code = 'token_invalid', ...more } = answer
  return { error: { message: 'No.', code: -32_001, data: { code, httpStatus, path: 'x', ...more } } }
}
