import pg, { type ClientConfig } from 'pg'
import type { Hosts } from './hosts.ts'
import { ReadOnlyServerError } from './read-only.ts'
import type { UrlHost } from './split-url.ts'

export interface HostClientOptions {
  hosts: Hosts
  config: ClientConfig
  timeoutMs: number
}

/**
 * A connection to one of several hosts: the current one when it was made. When it fails, the next
 * host becomes the current one.
 */
export class HostClient extends pg.Client {
  readonly target: UrlHost
  readonly #hosts: Hosts
  readonly #timeoutMs: number

  constructor({ hosts, config, timeoutMs }: HostClientOptions) {
    const target = hosts.current
    super({
      ...config,
      ...(target.host !== undefined && { host: target.host }),
      ...(target.port !== undefined && { port: target.port }),
      connectionTimeoutMillis: timeoutMs,
    })
    this.target = target
    this.#hosts = hosts
    this.#timeoutMs = timeoutMs
    let isReady = false
    this.connection.once('readyForQuery', () => (isReady = true))
    this.connection.once('error', () => this.leaveHost())
    this.connection.once('end', () => isReady || this.leaveHost())
  }

  leaveHost(): void {
    this.#hosts.leave(this.target)
  }

  /** @throws {ReadOnlyServerError} the server takes no writes */
  async assertTakesWrites(): Promise<void> {
    // Also `on` during recovery.
    const asks = { text: 'show transaction_read_only', query_timeout: this.#timeoutMs }
    const { rows } = await this.query<{ transaction_read_only: string }>(asks)
    if (rows[0]?.transaction_read_only !== 'on') return
    this.leaveHost()
    throw new ReadOnlyServerError(this.target)
  }
}
