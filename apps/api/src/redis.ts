import type { RedisClient } from '@pockitflyer/auth'
import type { CountsHealth } from './watch-counts.ts'

/**
 * A connection to Redis that comes back by itself when it breaks. Meanwhile every command fails at
 * once.
 */
export interface Redis {
  client: RedisClient
  close(): void
}

/** A connection on which a command had no answer for so long is given up, in milliseconds. */
const silenceMs = 2000

/**
 * Opens a connection to Redis. It need not be there: until it is, each command fails. A connection
 * that is silent, or whose server takes no writes (it was the primary until a failover), is
 * replaced by one to what the name of the host stands for then. The client is loaded here: a
 * service without Redis starts sooner and smaller.
 */
export async function openRedis(url: string, health: CountsHealth): Promise<Redis> {
  const { createClient } = await import('@redis/client')

  function open() {
    const client = createClient({ url, disableOfflineQueue: true })
    client.on('error', (error: unknown) => health.connectionFailed(error))
    client.on('ready', () => health.connectionRecovered())
    client.connect().catch(() => {}) // The listener above receives it.
    return client
  }

  let current = open()

  function replace(broken: typeof current): void {
    if (broken !== current || !broken.isOpen) return
    broken.removeAllListeners('ready')
    broken.destroy()
    current = open()
  }

  return {
    client: {
      async sendCommand(command) {
        const client = current
        const silence = setTimeout(() => replace(client), silenceMs)
        try {
          return await client.sendCommand(command)
        } catch (error) {
          if (error instanceof Error && error.message.startsWith('READONLY')) replace(client)
          throw error
        } finally {
          clearTimeout(silence)
        }
      },
    },
    close() {
      if (current.isOpen) current.destroy()
    },
  }
}
