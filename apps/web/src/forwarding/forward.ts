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

/** What is sent on. */
interface Forwarded {
  request: IncomingMessage
  response: ServerResponse
  serviceUrl: URL
  /** Told to the service in `X-Forwarded-For`. */
  clientAddress: string
}

/**
 * Sends a request on to a service and streams its answer back: method, path as spelled, query,
 * headers, body and status unchanged, so that one public origin serves pages and API. A service
 * that does not answer is a 502 with a JSON body.
 */
export function forward({ request, response, serviceUrl, clientAddress }: Forwarded): void {
  const outgoing = start(request, serviceUrl, clientAddress)
  outgoing.on('response', (incoming) => {
    try {
      passBack(incoming, response)
    } catch (error) {
      // A status or header that Node.js does not write: an exception in an event would end the
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
  // An answer that breaks off breaks off for the browser too, so that it does not take the half for
  // the whole.
  pipeline(incoming, response, () => undefined)
}

function sayUnreachable(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return
  // Its own words: those that Node.js refused to write would stay.
  response.writeHead(502, STATUS_CODES[502], {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify({ detail: 'The service cannot be reached. Try again in a moment.' }))
}
