import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { findHostFault, sendErrorResponse, toErrorResponse } from '@pockitflyer/server'
import { findClientAddress } from '../client-address.ts'
import type { Environment } from '../environment.ts'
import { forward } from '../forwarding/forward.ts'
import { findService } from '../forwarding/services.ts'
import { isPlainHttp } from '../security/asked-origin.ts'
import { headersOfAll, headersOfPages } from '../security/fixed-headers.ts'
import { findForeignSender } from '../security/same-origin.ts'
import { findFault, malformed, type ErrorResponse, toOriginForm } from './faults.ts'
import { isHealthCheck, sendHealth } from './health.ts'
import { plainHttpHeader } from './plain-http-header.ts'
import { isAsset, preparePage } from './prepare-page.ts'
import { runProxyHeader } from './run-proxy-header.ts'
import { sayFault } from './say-fault.ts'

interface Front {
  environment: Environment
  /** Returns the host and port that Next.js listens on, under any public name. */
  nextHost: () => string
  /** Passes a request to Next.js. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Resolves when Next.js takes requests. */
  isReady: () => Promise<void>
  /** Receives the reason when a cross-site request is refused. */
  onForeign: (reason: string) => void
}

const foreign: ErrorResponse = { status: 403, fault: 'foreign' }

const failed: ErrorResponse = { status: 500, fault: 'failed' }

/**
 * Creates the listener in front of Next.js. It forwards the API's paths unchanged and refuses
 * malformed and cross-site requests. Next.js sees one origin, its own, so that no client's header
 * names the host that it calls or redirects to.
 */
export function createListener({
  environment,
  nextHost,
  handle,
  isReady,
  onForeign,
}: Front): RequestListener {
  const { isProduction, isTrustedProxy, languages } = environment
  return (request, response) => {
    const answer = (fault: ErrorResponse) => {
      const text = sayFault(fault, { get: (name) => request.headers[name] }, languages)
      sendText(response, { ...fault, text })
    }
    const clientAddress = findClientAddress(request, isTrustedProxy)
    request.url = toOriginForm(request.url ?? '')
    const serviceUrl = findService(request.url, environment)
    const headers =
      serviceUrl === undefined ? headersOfPages(isProduction, request.url) : headersOfAll(isProduction)
    for (const [name, value] of headers) response.setHeader(name, value)

    if (findHostFault(request) !== undefined) {
      return serviceUrl === undefined
        ? answer(malformed)
        : sendErrorResponse(response, toErrorResponse(400), { headers: {} })
    }
    if (serviceUrl !== undefined) return forward({ request, response, serviceUrl, clientAddress })
    if (isHealthCheck(request)) return void isReady().then(() => sendHealth(response))
    const fault = findFault(request)
    if (fault !== undefined) return answer(fault)
    const reason = findForeignSender(request)
    if (reason !== undefined) {
      onForeign(reason)
      return answer(foreign)
    }
    translate(request, { clientAddress, nextHost: nextHost(), isProduction })
    if (!isAsset(request.url)) preparePage(request, response, environment)
    handle(request, response).catch(() => answer(failed))
  }
}

interface Translation {
  clientAddress: string
  nextHost: string
  isProduction: boolean
}

/** Writes the facts about a request into the headers that Next.js reads. */
function translate({ method, headers }: IncomingMessage, to: Translation): void {
  const isPlain = to.isProduction && isPlainHttp(headers)
  for (const name of ['host', 'proto', 'port']) delete headers[`x-forwarded-${name}`]
  delete headers.forwarded
  delete headers[plainHttpHeader]
  delete headers[runProxyHeader]
  // Next.js fails at one that it cannot read. No file is worth a part (RFC 9110 section 14.2).
  delete headers.range
  if (isPlain) headers[plainHttpHeader] = '1'
  headers['x-forwarded-for'] = to.clientAddress
  headers.host = to.nextHost
  // Next.js compares it with the host once more before an action.
  if (method === 'POST') headers.origin = `http://${to.nextHost}`
}

function sendText(
  response: ServerResponse,
  { status, text, headers }: ErrorResponse & { text: string },
): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(text)
}
