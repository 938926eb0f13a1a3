import { z } from 'zod'

/** Longest that a client waits for an answer, in milliseconds. */
const timeoutMs = 20_000

/** What came of a request: the status and body of the answer, or why there was none. */
export type Outcome = { status: number; body: unknown } | { status: undefined; reason: string }

/**
 * Sends a request. It never throws: a client of a service in trouble has to live with what it gets.
 */
export async function send(url: string, init: RequestInit = {}): Promise<Outcome> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
    const text = await answer.text()
    return { status: answer.status, body: answer.ok ? JSON.parse(text) : text }
  } catch (error) {
    return { status: undefined, reason: reasonOf(error) }
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

/** The code of what went wrong (`ECONNREFUSED`), or the kind of the error (`TimeoutError`). */
function reasonOf(error: unknown): string {
  const coded = cause.safeParse(error)
  if (coded.success) return coded.data.cause.code
  return error instanceof Error ? error.name : String(error)
}
