import type { Counter } from './login-counters.ts'
import { type Backoff, decideLogin, isOver, type LoginDecision, type Usage } from './login-decision.ts'
import type { Count, CountChange, CountStore } from './stores.ts'

/** A count as it stands. */
export type Used = Counter & Usage

export function toUsages(counters: readonly Counter[], counts: readonly (Count | undefined)[]): Used[] {
  return counters.map((counter, index) => ({
    ...counter,
    ...(counts[index] ?? { value: 0, endsInMs: 0 }),
  }))
}

/**
 * Returns the counts whose waits this login must keep. The wait of an account has two queues: one
 * for addresses that have used up their own attempts, one for all others. So an address that asks
 * again and again takes no turn of the others.
 */
export async function findSlow(
  devices: Used[],
  accounts: Used[],
  isKnown: () => Promise<boolean>,
): Promise<Used[]> {
  const [own, ...networks] = devices.map((device) => (isOver(device) ? [device] : []))
  const common = [...networks.flat(), ...accounts.filter(isOver)]
  if (common.length === 0 || (await isKnown())) return own ?? []
  const queue = devices.some(isOver) ? 'spent' : 'fresh'
  return [
    ...(own ?? []),
    ...networks.flat(),
    ...accounts.filter(isOver).map((account) => ({ ...account, key: `${account.key}:${queue}` })),
  ]
}

/** A count whose wait a login has to keep. */
export type Turn = Used & Backoff

export const turnKey = ({ key }: Counter) => `wait:${key}`
export const strikesKey = ({ key }: Counter) => `strikes:${key}`

export async function readBackoffs(store: CountStore, slow: Used[]): Promise<Turn[]> {
  if (slow.length === 0) return []
  const counts = await store.change(
    slow.flatMap((counter) => [
      { key: turnKey(counter), by: 0, windowSeconds: counter.windowSeconds },
      { key: strikesKey(counter), by: 0, windowSeconds: counter.windowSeconds },
    ]),
  )
  return slow.map((counter, index) => ({
    ...counter,
    closedForMs: counts[index * 2]?.endsInMs ?? 0,
    strikes: counts[index * 2 + 1]?.value ?? 0,
  }))
}

/** A turn that a login took, and for how long none other gets one. */
export type Taken = Turn & { delaySeconds: number }

/** Of logins that see the same turn, one takes it. */
export async function takeTurns(store: CountStore, taken: Taken[]): Promise<LoginDecision> {
  if (taken.length === 0) return { kind: 'allowed', delays: [] }
  const counts = await store.change(
    taken.flatMap((turn) => [
      { key: turnKey(turn), by: 1, windowSeconds: turn.delaySeconds },
      { key: strikesKey(turn), by: 1, windowSeconds: turn.windowSeconds },
    ]),
  )
  const turns = taken.map((turn, index) => ({ ...turn, ...(counts[index * 2] ?? { value: 0, endsInMs: 0 }) }))
  const late = turns.filter(({ value }) => value > 1)
  if (late.length === 0) return { kind: 'allowed', delays: [] }
  await store.change(giveBackTurns(taken))
  return decideLogin({
    usages: late.map(({ limit, allowed, endsInMs }) => ({ limit, allowed, value: allowed + 1, endsInMs })),
    backoffs: [],
    maxDelaySeconds: 0,
  })
}

/** Gives turns back that a login took. */
export function giveBackTurns(turns: readonly Taken[]): CountChange[] {
  return turns.flatMap((turn) => [
    { key: turnKey(turn), by: -1, windowSeconds: turn.delaySeconds },
    { key: strikesKey(turn), by: -1, windowSeconds: turn.windowSeconds },
  ])
}
