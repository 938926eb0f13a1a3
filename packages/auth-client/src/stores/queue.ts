/**
 * Makes a queue: what is handed to it runs one at a time, in order, also after a failure of the one
 * before.
 */
export function createQueue(): <Result>(run: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return async (run) => {
    const turn = last.then(run)
    last = turn.catch(() => {})
    return turn
  }
}
