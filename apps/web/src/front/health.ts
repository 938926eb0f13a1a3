import type { IncomingMessage, ServerResponse } from 'node:http'

/** Returns whether a supervisor or a balancer asks if this process works. */
export function isHealthCheck({ method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>): boolean {
  return ['GET', 'HEAD'].includes(method) && /^\/healthz(\?|$)/.test(url)
}

/** Answers `/healthz` as the API does. */
export function sendHealth(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify({ status: 'ok' }))
}
