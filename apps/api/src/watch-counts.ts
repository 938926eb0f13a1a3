import type { StoreObserver } from '@pockitflyer/auth'
import type { Logger } from 'pino'

/** Receives what keeps the counts of rate limits from their store. */
export interface CountsHealth extends Required<StoreObserver> {
  connectionFailed(error: unknown): void
  connectionRecovered(): void
}

/**
 * Logs when this process begins to count its rate limits by itself, and when it stops. It
 * logs each change once, although the store and the connection both report it.
 */
export function watchCounts(log: Logger, store: string): CountsHealth {
  const troubles = new Set<string>()
  const begin = (trouble: string) => (error: unknown) => {
    if (troubles.size === 0)
      log.warn({ err: error }, `${store} fails: this process counts its rate limits by itself`)
    troubles.add(trouble)
  }
  const end = (trouble: string) => () => {
    if (troubles.delete(trouble) && troubles.size === 0)
      log.info(`${store} keeps the counts of rate limits again`)
  }
  return {
    storeFailed: begin('store'),
    storeRecovered: end('store'),
    connectionFailed: begin('connection'),
    connectionRecovered: end('connection'),
  }
}
