import pg, { type PoolClient, type PoolConfig } from 'pg'
import { NoServerError } from './read-only.ts'

type Callback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void

/**
 * Errors that every host would answer: authorization failed (28), no such database, a pool that is
 * full or closed.
 */
const sameElsewhere = /^(28...|3D000)$/
const sameMessages = /^(timeout exceeded when trying to connect|Cannot use a pool after calling end)/

/** A pool that tries each host once when a new connection fails. */
export class FailoverPool extends pg.Pool {
  readonly #hostCount: number

  constructor(config: PoolConfig, hostCount: number) {
    super(config)
    this.#hostCount = hostCount
  }

  override connect(): Promise<PoolClient>
  override connect(callback: Callback): void
  override connect(callback?: Callback): Promise<PoolClient> | undefined {
    const connected = this.#hostCount === 1 ? super.connect() : this.#connectToAny()
    if (callback === undefined) return connected
    void tell(connected, callback)
    return undefined
  }

  async #connectToAny(): Promise<PoolClient> {
    const errors: Error[] = []
    while (errors.length < this.#hostCount) {
      try {
        return await super.connect()
      } catch (error) {
        if (isSameElsewhere(error)) throw error
        errors.push(toError(error))
      }
    }
    throw new NoServerError(errors)
  }
}

async function tell(connected: Promise<PoolClient>, callback: Callback): Promise<void> {
  try {
    const client = await connected
    callback(undefined, client, (release) => client.release(release))
  } catch (error) {
    callback(toError(error), undefined, () => {})
  }
}

function isSameElsewhere(error: unknown): boolean {
  const { code, message } = toError(error)
  return sameMessages.test(message) || sameElsewhere.test(code ?? '')
}

function toError(error: unknown): Error & { code?: string } {
  return error instanceof Error ? error : new Error(String(error))
}
