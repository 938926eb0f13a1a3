import { timerMaxMs } from '../number-option.ts'

/** A time limit and a signal that may come first. */
interface Limit {
  /** A timer accepts at most 24.8 days, so more, `Infinity` too, counts as 24.8 days. */
  timeoutMs: number
  signal?: AbortSignal | undefined
}

/**
 * Runs a function with a timeout and its caller's signal: then the promise is rejected at once, and
 * the function's own signal aborts its work. It uses `AbortController` and a timer only, since
 * React Native has no `AbortSignal.timeout`.
 * @throws an error named `TimeoutError`; the signal's reason, or an error named `AbortError`
 */
export async function withinLimit<Result>(
  { timeoutMs, signal }: Limit,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  let stop = () => {}
  const givenUp = new Promise<never>((_resolve, reject) => {
    const giveUp = (reason: Error) => {
      reject(reason)
      controller.abort(reason)
    }
    const onAbort = () => giveUp(reasonOf(signal))
    const onTimeout = () => giveUp(nameError('TimeoutError', `No answer within ${timeoutMs} ms.`))
    const timer = setTimeout(onTimeout, Math.min(timeoutMs, timerMaxMs))
    signal?.addEventListener('abort', onAbort)
    stop = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
    if (signal?.aborted === true) onAbort()
  })
  try {
    return await Promise.race([givenUp, run(controller.signal)])
  } finally {
    stop()
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : nameError('AbortError', 'The call was given up.')
}

function nameError(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}
