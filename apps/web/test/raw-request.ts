import { connect } from 'node:net'

/** An answer as it came over the wire. */
export interface RawAnswer {
  /** 0 when the connection was closed without one. */
  status: number
  head: string
  body: string
}

interface RawRequest {
  method?: string
  target?: string
  /** Lines, in their order; without `Host` the server's own is put in front. */
  headers?: string[]
  body?: string
  /** Whether nothing more comes, though more was announced. */
  isCutOff?: boolean
}

/** Sends what no well-behaved client would, byte for byte (Latin-1), on a connection of its own. */
export async function sendRaw(url: string, request: RawRequest): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url)
  const { method = 'GET', target = '/login', headers = [], body = '', isCutOff = false } = request
  const hasHost = headers.some((line) => line.toLowerCase().startsWith('host:'))
  const lines = [`${method} ${target} HTTP/1.1`, ...(hasHost ? [] : [`Host: ${host}`]), ...headers]
  if (!headers.some((line) => line.toLowerCase().startsWith('connection:'))) lines.push('Connection: close')
  if (body !== '' && !headers.some((line) => /^(?:content-length|transfer-encoding):/i.test(line)))
    lines.push(`Content-Length: ${body.length}`)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'))
  if (isCutOff) socket.end()
  let answer = ''
  for await (const chunk of socket.setEncoding('latin1').iterator({ destroyOnReturn: true })) answer += chunk
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  return { status: Number(head.slice(9, 12)), head, body: rest.join('\r\n\r\n') }
}

/** The values of a header of an answer. */
export function valuesOf({ head }: RawAnswer, name: string): string[] {
  return head
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).trim())
}
