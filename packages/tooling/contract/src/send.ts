import { Agent, type IncomingMessage, request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import type { BodySpec, RequestSpec } from './exchange.ts'

/** An answer as it came over the wire; header names in lower case. */
export interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** Names of tokens, without braces, to their values. */
export type TokenValues = Record<string, string>

/** How long a server may take to answer, in milliseconds. */
const answerTimeoutMs = 30_000

/** Sends requests to one server and keeps its connections open between them. */
export interface Sender {
  send(spec: RequestSpec, tokens?: TokenValues): Promise<RawAnswer>
  /** Closes the connections. */
  close(): void
}

/**
 * Creates a sender for the server at `url`. It adds only `Host`, `Connection` and, for a body,
 * `Content-Length`, and follows no redirect.
 */
export function createSender(url: string): Sender {
  const { hostname, port, pathname } = new URL(url)
  const prefix = pathname.replace(/\/$/, '')
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })

  async function send(spec: RequestSpec, tokens: TokenValues = {}): Promise<RawAnswer> {
    const fill = (text: string) =>
      text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => tokens[name] ?? whole)
    const body = encodeBody(spec.body, fill)
    const headers = Object.entries(spec.headers ?? {}).map(([name, value]) => [name, fill(value)] as const)
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = httpRequest(
        {
          agent,
          hostname: hostname.replace(/^\[|\]$/g, ''),
          port,
          method: spec.method,
          path: prefix + fill(spec.path),
          timeout: answerTimeoutMs,
        },
        resolve,
      )
      for (const [name, value] of headers) request.setHeader(name, value)
      if (body !== undefined) request.setHeader('Content-Length', body.length)
      request.on('error', reject)
      request.on('timeout', () => request.destroy(new Error('the server does not answer')))
      request.end(body)
    })
    return { status: message.statusCode ?? 0, headers: message.headers, text: await text(message) }
  }

  return { send, close: () => agent.destroy() }
}

function encodeBody(body: BodySpec | undefined, fill: (text: string) => string): Buffer | undefined {
  if (body === undefined) return undefined
  if ('base64' in body) return Buffer.from(body.base64, 'base64')
  if ('json' in body) return Buffer.from(fill(JSON.stringify(body.json)))
  const bytes = Buffer.from(fill(body.text))
  const { padTo = 0 } = body
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, padTo - bytes.length), ' ')])
}
