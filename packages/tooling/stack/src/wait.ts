import { setTimeout as pause } from 'node:timers/promises'

/**
 * Polls a URL until it answers 200.
 * @throws the reason of `ended` when the program ends first; when it has not answered within
 *   `limitMs`
 */
export async function waitUntilReady(
  url: string,
  { ended, limitMs }: { ended: Promise<string>; limitMs: number },
): Promise<void> {
  let end: string | undefined
  const noteEnd = (how: string) => {
    end = how
  }
  void ended.then(noteEnd)
  const deadline = Date.now() + limitMs
  while (Date.now() < deadline) {
    if (end !== undefined) throw new Error(end)
    if (await answers(url)) return
    await pause(50)
  }
  throw new Error(`${url} did not answer within ${limitMs / 1000} seconds.`)
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) })
    await response.arrayBuffer() // An answer left unread keeps its connection open, and the server from its stop.
    return response.ok
  } catch {
    return false
  }
}
