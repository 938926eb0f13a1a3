import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Readable } from 'node:stream'
import { keepEndToEnd, toRequestHeaders } from './headers.ts'

/**
 * Sends a request on to the API and streams its answer back: method, path as spelled, query, body and status unchanged,
 * so that one public origin serves pages and API. `node:http`, not `fetch`, which would decompress and add headers of its
 * own. An API that does not answer is a 502 with a JSON body.
 */
export async function forward(request: Request, pathAndQuery: string, apiUrl: URL): Promise<Response> {
  try {
    return toResponse(await send(request, pathAndQuery, apiUrl), request.method)
  } catch (error) {
    if (request.signal.aborted) throw error
    return Response.json({ detail: 'The service cannot be reached. Try again in a moment.' }, { status: 502 })
  }
}

function send(request: Request, pathAndQuery: string, apiUrl: URL): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const start = apiUrl.protocol === 'https:' ? requestHttps : requestHttp
  const outgoing = start(apiUrl, {
    method: request.method,
    path: apiUrl.pathname.replace(/\/$/, '') + pathAndQuery,
    headers: toRequestHeaders(request),
    signal: request.signal,
  })
  outgoing.on('response', resolve).on('error', reject)
  if (request.body === null) outgoing.end()
  else Readable.from(request.body).on('error', reject).pipe(outgoing)
  return promise
}

const statusesWithoutBody = new Set([101, 204, 205, 304])

function toResponse(incoming: IncomingMessage, method: string): Response {
  const status = incoming.statusCode ?? 502
  const hasBody = method !== 'HEAD' && !statusesWithoutBody.has(status)
  if (!hasBody) incoming.resume()
  return new Response(hasBody ? streamOf(incoming) : null, {
    status,
    headers: keepEndToEnd(incoming.headersDistinct),
  })
}

function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    cancel() {
      incoming.destroy()
    },
  })
}
