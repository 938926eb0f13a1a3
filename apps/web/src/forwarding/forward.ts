import {
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import { request as requestHttps } from 'node:https'
import { pipeline } from 'node:stream'
import { keepEndToEnd, toRequestHeaders } from './headers.ts'

/** The request to forward. */
interface Forwarded {
  request: IncomingMessage
  response: ServerResponse
  serviceUrl: URL
  /** Sent to the service as `X-Forwarded-For`. */
  clientAddress: string
}

/**
 * Forwards a request to a service and streams its answer back, so that one public origin serves
 * pages and API. Method, path as spelled, query, headers, body and status stay unchanged. A service
 * without an answer is a 502 with a JSON body.
 */
export function forward({ request, response, serviceUrl, clientAddress }: Forwarded): void {
  const outgoing = start(request, serviceUrl, clientAddress)
  outgoing.on('response', (incoming) => {
    try {
      passBack(incoming, response)
    } catch (error) {
      // Node.js refuses to write this status or header: an exception in an event would end the
      // process.
      incoming.destroy(error instanceof Error ? error : undefined)
      sayUnreachable(response)
    }
  })
  outgoing.on('error', () => sayUnreachable(response))
  response.on('close', () => outgoing.destroy())
  request.pipe(outgoing)
}

function start(request: IncomingMessage, serviceUrl: URL, clientAddress: string): ClientRequest {
  const send = serviceUrl.protocol === 'https:' ? requestHttps : requestHttp
  return send(serviceUrl, {
    method: request.method,
    path: serviceUrl.pathname.replace(/\/$/, '') + request.url,
    headers: toRequestHeaders({ rawHeaders: request.rawHeaders, host: serviceUrl.host, clientAddress }),
  })
}

function passBack(incoming: IncomingMessage, response: ServerResponse): void {
  response.writeHead(
    incoming.statusCode ?? 502,
    incoming.statusMessage ?? '',
    keepEndToEnd(incoming.rawHeaders),
  )
  // A truncated answer is truncated for the browser too, so that it does not take the part for the
  // whole.
  pipeline(incoming, response, () => undefined)
}

function sayUnreachable(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return
  // Sets its own headers: those that Node.js refused to write would stay.
  response.writeHead(502, STATUS_CODES[502], {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify({ detail: 'The service cannot be reached. Try again in a moment.' }))
}
