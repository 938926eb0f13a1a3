import { EventEmitter, once } from 'node:events'
import {
  type Account,
  type ClientOptions,
  isServed,
  keepLoggingIn,
  keepRegistering,
  stayLoggedIn,
} from './clients.ts'

/** The results of a load. */
export interface Tally {
  sent: number
  /** Number of failed requests by status, or by reason without an answer. */
  failed: Record<string, number>
  /** Number of times that a client without a fault had to log in again. */
  lost: number
  /**
   * Milliseconds from `faultEnds()` until every client had been served again, the longest one;
   * `undefined` without an end.
   */
  recoveredMs: number | undefined
  /** The longest time in which no client was served. */
  gapMs: number
  /** The longest time in which one client was not served. */
  clientGapMs: number
  /** Number of users who got the id of another. */
  idsTwice: number
  /** The ids of the users who were registered. */
  ids: number[]
}

/** Clients that send requests, each one after the other. */
export interface Load {
  /** Resolves after this many more successful requests. */
  served(count: number): Promise<void>
  /** Resolves after this many more failed requests: the fault takes effect. */
  failed(count: number): Promise<void>
  /** Resolves after this many more registrations. */
  registered(count: number): Promise<void>
  /** Starts the time to recover. Call it again when another fault ends. */
  faultEnds(): void
  /** Resolves when every client was served since the start, or since the fault's end. */
  recovered(): Promise<void>
  /**
   * Returns the time in which 99 of 100 requests since the last call of this were answered, in
   * milliseconds.
   */
  p99Ms(): number
  /** Lets each client finish, and resolves to the results. */
  stop(): Promise<Tally>
}

export interface LoadOptions {
  /** Number of further clients that register new users over and over. Default: none. */
  registering?: number
}

/**
 * Starts a client per account that stays logged in, and one more that logs in over and over with
 * the first account.
 */
export function startLoad(
  url: () => string,
  accounts: Account[],
  { registering = 0 }: LoadOptions = {},
): Load {
  const events = new EventEmitter()
  const tally: Tally = {
    sent: 0,
    failed: {},
    lost: 0,
    recoveredMs: undefined,
    gapMs: 0,
    clientGapMs: 0,
    idsTwice: 0,
    ids: [],
  }
  const counts = { served: 0, failed: 0, registered: 0 }
  const ids = new Set<number>()
  let servedAt = performance.now()
  const clientServedAt = new Map<number, number>()
  let isOver = false
  let faultEndedAt: number | undefined
  const waiting = new Set<number>()
  let times: number[] = []

  const options: ClientOptions = {
    url,
    isOver: () => isOver,
    tell({ client, outcome, isLost }) {
      tally.sent += 1
      times.push(outcome.ms)
      if (isLost) tally.lost += 1
      if (isServed(outcome)) noteServed(client)
      else noteFailed(String(outcome.status ?? outcome.reason))
      events.emit('told')
    },
  }

  function noteServed(client: number): void {
    counts.served += 1
    tally.gapMs = Math.max(tally.gapMs, performance.now() - servedAt)
    servedAt = performance.now()
    tally.clientGapMs = Math.max(tally.clientGapMs, servedAt - (clientServedAt.get(client) ?? servedAt))
    clientServedAt.set(client, servedAt)
    if (waiting.delete(client) && waiting.size === 0 && faultEndedAt !== undefined) {
      tally.recoveredMs = Math.max(tally.recoveredMs ?? 0, performance.now() - faultEndedAt)
    }
  }

  function noteId(id: number): void {
    counts.registered += 1
    if (ids.has(id)) tally.idsTwice += 1
    ids.add(id)
    tally.ids.push(id)
  }

  function noteFailed(what: string): void {
    counts.failed += 1
    tally.failed[what] = (tally.failed[what] ?? 0) + 1
  }

  async function until(isReached: () => boolean): Promise<void> {
    while (!isReached()) await once(events, 'told')
  }

  function more(kind: keyof typeof counts, count: number): Promise<void> {
    const goal = counts[kind] + count
    return until(() => counts[kind] >= goal)
  }

  const [first] = accounts
  const running = accounts.map((account, client) => stayLoggedIn(client, account, options))
  if (first !== undefined) running.push(keepLoggingIn(accounts.length, first, options))
  for (let one = 0; one < registering; one += 1)
    running.push(keepRegistering(running.length, noteId, options))
  const waitForAll = () => running.forEach((_, client) => waiting.add(client))
  waitForAll()

  return {
    served: (count) => more('served', count),
    failed: (count) => more('failed', count),
    registered: (count) => more('registered', count),
    faultEnds() {
      faultEndedAt = performance.now()
      waitForAll()
    },
    recovered: () => until(() => waiting.size === 0),
    p99Ms() {
      const sorted = times.toSorted((one, other) => one - other)
      times = []
      return sorted[Math.floor(sorted.length * 0.99)] ?? 0
    },
    async stop() {
      isOver = true
      await Promise.all(running)
      return tally
    },
  }
}
