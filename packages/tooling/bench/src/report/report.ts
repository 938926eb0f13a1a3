import { loginSeconds } from '../plan.ts'
import type { Results } from '../run.ts'
import { probeRate } from '../scenarios/overload.ts'
import { renderFleets } from './fleets.ts'
import { summarize } from './rows.ts'
import { format } from './table.ts'
import { renderGrowth, renderOverload, renderRates, renderTargets } from './tables.ts'

/** Renders a run as a page of Markdown. */
export function renderReport(results: Results): string {
  const { machine, plan, growth, start, overload, fleets } = results
  const logins = (load: 'calmLogins' | 'floodLogins') =>
    summarize(
      load,
      overload.rounds.map((round) => round[load]),
    )
  const [calm, flood] = [logins('calmLogins'), logins('floodLogins')]
  const [before = 0, after = 0] = machine.loadAverages
  return `# Speed

Made by \`pnpm bench\` on ${machine.at.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}, PostgreSQL
with its data in memory. The load of the machine was ${format(before)} before and ${format(after)} after: with more than one process for each core from
elsewhere, rates and times say little by themselves, ratios and processor time say more.

Load generator, server and PostgreSQL are processes of their own and share the cores. ${plan.rounds} rounds of ${plan.seconds} s each, ${loginSeconds(plan)} s for logins, after
${plan.warmUps} to warm up, every second one backwards; medians. A ratio is that of two neighbours in one round; by processor
time it is that of what the server used for each call.

What a million and a billion daily users need, computed from these figures: [Scale](scale.md).

## Targets

${renderTargets(results)}

![Ratios](ratios.svg)

## Side by side

16 connections. \`baseline\` is the least that the same call can cost on Node: node:http, the same statements prepared, HS256 by node:crypto,
no validation, no framework. It sends one statement for each call. The service batches the calls of one turn of the event loop into one
statement, so that it can exceed the baseline. One client alone shares with no other: the last rows show what everything else costs. The hash limit
verifies passwords, one for each core at once. The database limit runs the statement of a refresh alone on ten connections. Processor time is for
each call; a batch is ten calls.

${renderRates(results)}

![Processor time](cpu.svg)

## Start

Ready after ${start.readySeconds.map(format).join(', ')} s; the baseline, in turns, after
${start.baselineSeconds.map(format).join(', ')} s. At rest ${start.restMb.map(format).join(', ')} MB.

## Overload

64 clients log in as fast as they can while one client each refreshes, asks \`me\` and looks at \`/healthz\`, ${probeRate} times
a second, for ${plan.flood.seconds} s, after as long without them; ${overload.rounds.length} rounds. Logins went through at ${format(flood.rate)} a second, ${flood.failures} of them failed; with as many
clients as cores at ${format(calm.rate)}.

${renderOverload(results)}

## Several processes

64 clients, ${fleets.rows[0]?.rounds.length ?? 0} rounds of ${plan.fleets.seconds} s. HAProxy runs one thread and sends each request to the process with the fewest connections;
\`node:cluster\` hands out connections in turn. \`evenness\` is the processor time of the least busy process, of that of the busiest. The front is HAProxy
or the primary process. The last rows are pgbench on ten connections, with the core of a refresh and of \`me\`: what one PostgreSQL gives where
load and server cost least. On ${machine.cores} cores that the load and PostgreSQL share, processes gain what one leaves idle.

${renderFleets(fleets)}

## Growth

${renderGrowth('users', growth.users)}

![Users](users.svg)

${renderGrowth('connections', growth.connections)}

![Connections](connections.svg)

${renderGrowth('pool', growth.poolSize)}

![Pool size](pool-size.svg)
`
}
