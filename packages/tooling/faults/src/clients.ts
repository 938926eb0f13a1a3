import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type Outcome, post, send } from './send.ts'

/** Pause before a client retries a failed request, in milliseconds. */
const retryMs = 100

/** The account of a client. */
export interface Account {
  email: string
  password: string
}

/** The service's URL, the receiver of outcomes, and whether to go on. */
export interface ClientOptions {
  url: () => string
  /** Receives each outcome. `isLost`: a client without a fault must log in again. */
  tell: (told: { client: number; outcome: Outcome; isLost: boolean }) => void
  isOver: () => boolean
}

/** The user in the answer to a registration. */
const registered = z.object({ user: z.object({ id: z.number() }) })

const pair = z.object({ access: z.string(), refresh: z.string() })

/** Logs in, until it succeeds or the load ends. */
async function logIn(client: number, account: Account, { url, tell, isOver }: ClientOptions) {
  while (!isOver()) {
    const outcome = await post(`${url()}/api/users/login/`, account)
    tell({ client, outcome, isLost: outcome.status === 401 })
    if (outcome.status === 200) return pair.parse(outcome.body)
    await pause(retryMs)
  }
  return undefined
}

/**
 * Runs an honest client: it logs in once, then refreshes with its newest token and asks `me`, over
 * and over. It retries a failed request with the same token. A 401 to either is a lost session.
 * When the load ends it refreshes once more.
 */
export async function stayLoggedIn(client: number, account: Account, options: ClientOptions): Promise<void> {
  const { url, tell, isOver } = options
  let session = await logIn(client, account, options)
  while (session !== undefined) {
    const isLast = isOver()
    const outcome = await post(`${url()}/api/users/token/refresh/`, { refresh: session.refresh })
    tell({ client, outcome, isLost: outcome.status === 401 || (isLast && outcome.status !== 200) })
    if (isLast) return
    if (outcome.status === 200) {
      session = pair.parse(outcome.body)
      const headers = { Authorization: `Bearer ${session.access}` }
      const me = await send(`${url()}/api/users/me/`, { headers })
      tell({ client, outcome: me, isLost: me.status === 401 })
    } else if (outcome.status === 401) session = await logIn(client, account, options)
    else await pause(retryMs)
  }
}

/** A client that logs in over and over. */
export async function keepLoggingIn(client: number, account: Account, options: ClientOptions): Promise<void> {
  while (!options.isOver()) await logIn(client, account, options)
}

/** Runs a client that registers new users over and over and reports their ids. */
export async function keepRegistering(
  client: number,
  tellId: (id: number) => void,
  { url, tell, isOver }: ClientOptions,
): Promise<void> {
  while (!isOver()) {
    const account = { email: `${randomUUID()}@example.com`, password: 'seven ferries at noon' }
    const outcome = await post(`${url()}/api/users/register/`, account)
    tell({ client, outcome, isLost: false })
    if (outcome.status !== undefined && isServed(outcome)) tellId(registered.parse(outcome.body).user.id)
    else await pause(retryMs)
  }
}

/** Returns whether the service answered with success. */
export function isServed({ status }: Outcome): boolean {
  return status === 200 || status === 201
}
