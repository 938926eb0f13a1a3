import fc from 'fast-check'
import type { Exchange } from './exchange.ts'
import { findRule } from './intended.ts'
import type { Observation } from './rule.ts'
import { maskAnswer } from './mask.ts'
import { isSame, logIn, makeTokens, type Server } from './replay.ts'
import { anyExchange } from './requests/requests.ts'
import type { OwnTokens } from './tokens.ts'

/** The number of requests, their seed, and the concurrency. */
export interface DiffOptions {
  requests: number
  seed: number
  parallel: number
}

/** The result of a differential run. */
export interface DiffReport {
  /** Requests whose answers were compared, those of shrinking included. */
  compared: number
  /** Of them, those answered differently on purpose, by the name of the rule. */
  intended: Map<string, number>
  /** Differences that no rule explains, each shrunk to a minimal request. */
  unexplained: Observation[]
}

/** A run stops after this many unexplained differences. */
const unexplainedMax = 25

/**
 * Sends random requests to the Django service and to this one and compares what a client can
 * notice. Both must hold the same users and the same key. Each gets its own tokens, from one login.
 * A request that revokes a session gets a token of its own.
 * @throws when a login to one of them fails
 */
export async function diff(
  servers: { django: Server; ours: Server },
  options: DiffOptions,
): Promise<DiffReport> {
  const own = { django: await logIn(servers.django), ours: await logIn(servers.ours) }
  const report: DiffReport = { compared: 0, intended: new Map(), unexplained: [] }
  const known = new Set<string>()

  async function isExplained(exchange: Exchange): Promise<boolean> {
    const [django, ours] = await Promise.all([
      ask(servers.django, exchange, own.django),
      ask(servers.ours, exchange, own.ours),
    ])
    report.compared += 1
    if (isSame(django, ours)) return true
    const observation = { exchange, django, ours }
    const rule = findRule(observation)
    if (rule === undefined) return known.has(kindOf(observation))
    report.intended.set(rule.name, (report.intended.get(rule.name) ?? 0) + 1)
    return true
  }

  /**
   * fast-check stops at the first difference and shrinks it; the run goes on with the remaining
   * requests.
   */
  async function work(requests: number, seed: number): Promise<void> {
    if (requests <= 0 || report.unexplained.length >= unexplainedMax) return
    const property = fc.asyncProperty(anyExchange, isExplained)
    const { counterexample, numRuns } = await fc.check(property, {
      numRuns: requests,
      seed,
      endOnFailure: false,
    })
    if (counterexample === null) return
    const [exchange] = counterexample
    const [django, ours] = await Promise.all([
      ask(servers.django, exchange, own.django),
      ask(servers.ours, exchange, own.ours),
    ])
    const observation = { exchange, django, ours }
    if (!known.has(kindOf(observation))) report.unexplained.push(observation)
    known.add(kindOf(observation))
    await work(requests - numRuns, seed + 1_000_003)
  }

  const share = Math.ceil(options.requests / options.parallel)
  await Promise.all(Array.from({ length: options.parallel }, (_, index) => work(share, options.seed + index)))
  return report
}

async function ask({ sender, secretKey }: Server, exchange: Exchange, own: OwnTokens) {
  return maskAnswer(await sender.send(exchange.request, makeTokens(exchange, own, secretKey)))
}

/** Differences of one kind are reported once. */
function kindOf({ exchange, django, ours }: Observation): string {
  const { method, path } = exchange.request
  const brief = ({ status, text }: Observation['ours']) => `${status} ${text.slice(0, 60)}`
  return [method, path.split('?')[0], brief(django), brief(ours)].join(' | ')
}
