/** Creates a queue: it runs functions one at a time, in order, also after a failure. */
export function createQueue(): <Result>(run: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return async (run) => {
    const turn = last.then(run)
    last = turn.catch(() => {})
    return turn
  }
}
