import { httpBatchLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'

/** Most calls in one request: the service refuses more. */
const batchMaxSize = 20

/** A call of one procedure. */
export interface Call {
  type: 'query' | 'mutation'
  /** For example `auth.login`. */
  path: string
  input: unknown
}

/** Sends a call once, with an access token or without. */
export type Send = (call: Call, options: SendOptions) => Promise<unknown>

interface SendOptions {
  accessToken?: string | undefined
  signal: AbortSignal
}

/** Transport options. */
export interface TransportOptions {
  /** The tRPC endpoint, for example `https://accounts.example.com/api/trpc`. */
  url: string
  /** Sent with every request. */
  headers?: Record<string, string>
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
}

/**
 * Sends calls through tRPC's batch link. Calls of one tick share a request; those with different
 * access tokens never do, so that no call uses another user's token. It calls the link directly:
 * tRPC's client would add 1 kB of gzip for subscriptions and link chains that are unused here.
 */
export function createTransport(options: TransportOptions): Send {
  const anonymous = connect(options, undefined)
  let latest: { accessToken: string; link: typeof anonymous } | undefined

  function linkFor(accessToken: string | undefined) {
    if (accessToken === undefined) return anonymous
    if (latest?.accessToken !== accessToken) latest = { accessToken, link: connect(options, accessToken) }
    return latest.link
  }

  return async (call, { accessToken, signal }) => {
    if (signal.aborted) throw new Error('The call was given up.')
    const op = { ...call, id: 0, context: {}, signal }
    return new Promise((resolve, reject) => {
      linkFor(accessToken)({ op, next: neverNext }).subscribe({
        next: ({ result }) => resolve('data' in result ? result.data : undefined),
        error: reject,
      })
    })
  }
}

function connect({ url, headers, fetch }: TransportOptions, accessToken: string | undefined) {
  const link = httpBatchLink<AnyRouter>({
    url,
    maxItems: batchMaxSize,
    headers: {
      ...headers,
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    async fetch(input: string | URL | Request, init) {
      const send = fetch ?? globalThis.fetch
      const response = await send(input, { ...init, signal: init?.signal ?? null })
      return { ok: response.ok, json: async () => readAnswers(url, response) }
    },
  })
  return link({})
}

/** The beginning of what a tRPC endpoint answers, to a batch or before it has read the batch. */
const answerStart = /^\[?{"(?:result|error)"/

/**
 * Reads the answers to a batch.
 * @throws {Error} that names the URL, when something else than a tRPC endpoint answered
 */
async function readAnswers(url: string, response: Response): Promise<unknown> {
  const text = await response.text()
  if (answerStart.test(text)) return JSON.parse(text)
  const { status } = response
  throw new Error(`${url} answered ${status}${status < 500 ? ': is this the tRPC endpoint?' : '.'}`)
}

/** The batch link is the last link. */
function neverNext(): never {
  throw new Error('No link follows.')
}
