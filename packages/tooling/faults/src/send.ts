import { z } from 'zod'

/** Longest wait for an answer, in milliseconds. */
const timeoutMs = 20_000

/**
 * The outcome of a request: the status and body of the answer, or the reason for its absence; and
 * the milliseconds that it took.
 */
export type Outcome = { ms: number } & (
  | { status: number; body: unknown }
  | { status: undefined; reason: string }
)

/** Sends a request. It never throws: the outcome has the error. */
export async function send(url: string, init: RequestInit = {}): Promise<Outcome> {
  const sentAt = performance.now()
  const ms = () => performance.now() - sentAt
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
    const text = await answer.text()
    return { status: answer.status, body: answer.ok ? JSON.parse(text) : text, ms: ms() }
  } catch (error) {
    return { status: undefined, reason: reasonOf(error), ms: ms() }
  }
}

/** Sends a JSON body. */
export function post(url: string, body: object): Promise<Outcome> {
  return send(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const cause = z.object({ cause: z.object({ code: z.string() }) })

/** Returns the code of an error (`ECONNREFUSED`), or its name (`TimeoutError`). */
function reasonOf(error: unknown): string {
  const coded = cause.safeParse(error)
  if (coded.success) return coded.data.cause.code
  return error instanceof Error ? error.name : String(error)
}
