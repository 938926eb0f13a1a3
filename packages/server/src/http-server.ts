import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import {
  type BrokenRequest,
  toErrorResponse,
  sendErrorResponse,
  answerUnreadableRequests,
} from './error-responses.ts'
import { findHostFault, neutralizeHost, normalizeTarget } from './target.ts'

export interface HttpServerOptions {
  /**
   * Answers a request. The origin of its URL is `http://localhost`, not what the client wrote into
   * `Host`.
   */
  fetch: Parameters<typeof getRequestListener>[0]
  /** Longest time that a client may take to send a whole request, in seconds. */
  requestTimeoutSeconds: number
  /** How long a connection stays open between two requests, in seconds. */
  keepAliveTimeoutSeconds: number
  /** The headers of every answer, also of those that `fetch` does not produce. */
  headers: Record<string, string>
  /** Additional headers for the answer to an unreadable request. */
  errorHeaders?: (request: BrokenRequest) => Record<string, string>
}

/**
 * Interval at which Node looks for requests that take too long, in milliseconds. Its default, 30
 * seconds, would add up to that much to each limit.
 */
const connectionsCheckingIntervalMs = 1000

/**
 * Creates a server that answers every input with the same shape, `{"detail"}` in JSON. This
 * includes non-HTTP bytes, a bad `Host` (400), an unknown method (405), too large headers (431) and
 * a request that takes too long (408).
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
      if (findHostFault(request) !== undefined)
        return sendErrorResponse(response, toErrorResponse(400), options)
      neutralizeHost(request)
      normalizeTarget(request)
      return answer(request, response)
    },
  )
  answerUnreadableRequests(server, options)
  return server
}
