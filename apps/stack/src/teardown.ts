/** What must be stopped, the latest first. */
export interface Teardown {
  add(stop: () => Promise<void>): void
  /** Stops everything, once however often it is called. What fails to stop keeps nothing else from it. */
  run(): Promise<void>
}

/** Collects what a process has started. */
export function createTeardown(): Teardown {
  const stops: (() => Promise<void>)[] = []
  let running: Promise<void> | undefined

  async function stopAll(): Promise<void> {
    for (const stop of stops.toReversed())
      await stop().catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
  }

  return {
    add: (stop) => stops.push(stop),
    run: () => (running ??= stopAll()),
  }
}
