import type { Logger } from 'pino'

/** A connection to Redis that comes back by itself when it breaks. Meanwhile every command fails at once. */
export interface Redis {
  client: object
  close(): void
}

/**
 * Opens a connection to Redis. It need not be there: until it is, who asks has to do without. The client is loaded here: a service
 * without Redis starts sooner and smaller.
 */
export async function openRedis(url: string, log: Logger): Promise<Redis> {
  const { createClient } = await import('@redis/client')
  const client = createClient({ url, disableOfflineQueue: true })
  let isDown = false
  client.on('error', (error: unknown) => {
    if (!isDown)
      log.warn({ err: error }, 'Redis cannot be reached: this process counts its rate limits by itself')
    isDown = true
  })
  client.on('ready', () => {
    if (isDown) log.info('Redis can be reached again')
    isDown = false
  })
  client.connect().catch(() => {}) // The listener above hears of it.
  return { client, close: () => client.destroy() }
}
