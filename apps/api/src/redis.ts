import type { RedisClient } from '@pockitflyer/auth'
import type { CountsHealth } from './watch-counts.ts'

/** A connection to Redis that reconnects by itself. Meanwhile every command fails at once. */
export interface Redis {
  client: RedisClient
  close(): void
}

/** A connection without an answer to a command for this long is dropped, in milliseconds. */
const silenceMs = 2000

/**
 * Opens a connection to Redis, which may be absent: until it is there, each command fails. The
 * connection is replaced when it is silent or its server accepts no writes (the former primary
 * after a failover). The new one resolves the host's name again. The client is imported here: a
 * service without Redis starts faster and smaller.
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
