import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type BrokenRequest, refuse, refuseRequest, watchRefusals } from './refusals.ts'
import { findHostFault, neutralizeHost, normalizeTarget } from './target.ts'

export interface HttpServerOptions {
  /**
   * Answers a request. The origin of its URL is `http://localhost`, not what the client wrote into
   * `Host`.
   */
  fetch: Parameters<typeof getRequestListener>[0]
  /** How long a client may take to send a whole request, in seconds. */
  requestTimeoutSeconds: number
  /** How long a connection stays open between two requests, in seconds. */
  keepAliveTimeoutSeconds: number
  /** The headers of every answer, also of those that `fetch` does not give. */
  headers: Record<string, string>
  /** More headers for the answer to what cannot be read as a request. */
  refusalHeaders?: (request: BrokenRequest) => Record<string, string>
}

/**
 * How often Node looks for requests that take too long, in milliseconds. Its own 30 seconds would
 * let each live that much longer.
 */
const connectionsCheckingIntervalMs = 1000

/**
 * Makes a server that answers everything that a client sends in one shape, `{"detail"}` in JSON:
 * also what is no HTTP, a request with a bad `Host` (400), a method that Node does not know (405),
 * headers that are too large (431) and a request that takes too long (408).
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const answer = getRequestListener(options.fetch)
  const server = createServer(
    {
      requestTimeout: options.requestTimeoutSeconds * 1000,
      connectionsCheckingInterval: connectionsCheckingIntervalMs,
      keepAliveTimeout: options.keepAliveTimeoutSeconds * 1000,
      requireHostHeader: false, // Node's own refusal has no body.
    },
    (request, response) => {
      for (const name in options.headers) response.setHeader(name, options.headers[name] ?? '')
      if (findHostFault(request) !== undefined) return refuseRequest(response, refuse(400), options)
      neutralizeHost(request)
      normalizeTarget(request)
      return answer(request, response)
    },
  )
  watchRefusals(server, options)
  return server
}
