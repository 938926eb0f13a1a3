import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { errorCode } from '@pockitflyer/postgres-pool/error-code'

/** The facts about bytes that are no request: the beginning of one that Node could not parse. */
export interface BrokenRequest {
  path: string | undefined
  origin: string | undefined
}

interface ErrorResponse {
  status: number
  detail: string
}

interface Headers {
  /** The headers of every answer. */
  headers: Record<string, string>
  /** Additional headers for the answer to an unreadable request. */
  errorHeaders?: (request: BrokenRequest) => Record<string, string>
}

const details: Record<number, string> = {
  400: 'Malformed request.',
  408: 'The request took too long to arrive.',
  413: 'Request body is too large.',
  417: 'The expectation cannot be met.',
  431: 'The headers of the request are too large.',
}

const statuses: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

/** Returns an answer with the text of its status. */
export function toErrorResponse(status: number): ErrorResponse {
  return { status, detail: details[status] ?? 'Malformed request.' }
}

/** Answers a request without passing it on, and closes its connection, whose body is unread. */
export function sendErrorResponse(
  response: ServerResponse,
  errorResponse: ErrorResponse,
  fixed: Headers,
): void {
  const { url, headers } = response.req
  const body = JSON.stringify({ detail: errorResponse.detail })
  const more = fixed.errorHeaders?.({ path: url, origin: headers.origin })
  response.writeHead(errorResponse.status, { ...fixed.headers, ...headersOf(body), ...more })
  response.end(body)
}

/**
 * Answers with a body where Node itself would refuse without one: an unreadable request, `CONNECT`
 * and an unknown `Expect`. Where an answer had begun, it cuts the connection.
 */
export function answerUnreadableRequests(server: Server, options: Headers): void {
  const answers = new WeakMap<Duplex, ServerResponse>()
  const refused = new WeakSet<Duplex>()
  server.on('request', (request, response) => answers.set(request.socket, response))
  server.on('clientError', (error, socket) => {
    if (refused.has(socket)) return
    refused.add(socket)
    const isAnswered =
      answers.get(socket)?.headersSent === true && answers.get(socket)?.writableEnded === false
    if (!socket.writable || isAnswered) return void socket.destroy()
    const { method, ...broken } = readBroken(error)
    const errorResponse = method === undefined ? toErrorResponse(statusOf(error)) : methodNotAllowed(method)
    writeErrorResponse(socket, errorResponse, { ...options.headers, ...options.errorHeaders?.(broken) })
  })
  server.on('checkExpectation', (_, response) => sendErrorResponse(response, toErrorResponse(417), options))
  server.on('connect', (request, socket) => {
    const more = options.errorHeaders?.({ path: undefined, origin: request.headers.origin })
    writeErrorResponse(socket, methodNotAllowed('CONNECT'), { ...options.headers, ...more })
  })
}

function methodNotAllowed(method: string): ErrorResponse {
  return { status: 405, detail: `Method "${method}" not allowed.` }
}

function statusOf(error: Error): number {
  return statuses[errorCode(error) ?? ''] ?? 400
}

/** A request line with a method that Node does not know (RFC 9110 section 9.1 allows any token). */
const requestLine = /^([\w!#$%&'*+.^`|~-]{1,40}) (\/[!-~]*) HTTP\/1\.[01]\r\n/

/**
 * Reads what it can of the bytes that Node failed to parse: the latest ones, which may begin with a
 * valid request line.
 */
function readBroken(error: Error): BrokenRequest & { method: string | undefined } {
  const bytes = 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : Buffer.of()
  const text = bytes.toString('latin1')
  const [, method = '', target] = requestLine.exec(text) ?? []
  const isUnknownMethod =
    errorCode(error) === 'HPE_INVALID_METHOD' &&
    'bytesParsed' in error &&
    Number(error.bytesParsed) <= method.length
  return {
    path: target?.split('?')[0],
    origin: /\r\norigin:[ \t]*([!-~]+)[ \t]*\r\n/i.exec(text)?.[1],
    method: isUnknownMethod && method !== '' ? method : undefined,
  }
}

function headersOf(body: string): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    Connection: 'close',
  }
}

/**
 * Time that a connection stays open for its client to read the answer, in milliseconds. Further
 * input is discarded.
 */
const lingerMs = 1000

function writeErrorResponse(
  socket: Duplex,
  errorResponse: ErrorResponse,
  headers: Record<string, string>,
): void {
  const body = JSON.stringify({ detail: errorResponse.detail })
  const allow = errorResponse.status === 405 ? { Allow: anyMethod } : {}
  const all = { ...allow, ...headers, ...headersOf(body), Date: new Date().toUTCString() }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  const status = `HTTP/1.1 ${errorResponse.status} ${STATUS_CODES[errorResponse.status]}`
  socket.end([status, ...lines, '', body].join('\r\n'))
  const linger = setTimeout(() => socket.destroy(), lingerMs).unref()
  socket.once('close', () => clearTimeout(linger))
  socket.once('end', () => socket.destroy())
  socket.on('error', () => {})
  socket.resume()
}

const anyMethod = 'GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS'
