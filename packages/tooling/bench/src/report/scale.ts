import type { Results } from '../run.ts'
import { assumed } from '../scale/assumptions.ts'
import { type Costs, readCosts } from '../scale/costs.ts'
import { computeLimits } from '../scale/limits.ts'
import { computeNeeds } from '../scale/needs.ts'
import { computeStorm } from '../scale/storm.ts'
import { renderDesign } from './scale-design.ts'
import { renderNeeds } from './scale-needs.ts'
import { renderAssumptions, renderCosts, renderLimits, renderRowBytes, renderStorms } from './scale-tables.ts'
import { format } from './table.ts'
import { formatCount } from './units.ts'

/** The numbers of daily users in the document. */
const populations = [1e6, 1e9]

/**
 * Renders the needs of a million and a billion daily users, computed from a run, as a page of
 * Markdown.
 */
export function renderScale(results: Results): string {
  const costs = readCosts(results)
  return [
    renderMeasured(results, costs),
    renderNeeded(costs),
    renderSteps(costs),
    renderStorm(costs),
    renderDesign(),
    unmeasured,
  ].join('\n')
}

function renderMeasured({ machine, storage }: Results, costs: Costs): string {
  const { login, refresh } = storage.log
  return `# Scale

What a million and a billion daily users need, computed by \`pnpm bench\` from what it measured on ${machine.at.slice(0, 10)}: ${machine.cpu},
${machine.cores} cores, Node ${machine.node}. **Measured** is what stands in the next section, **assumed** what stands in the one after it. All the rest is **computed**
from these two.

## Measured

On the largest database of the run: ${storage.users.toLocaleString('en')} users with a session each. Processor time is for each call.

${renderCosts(costs)}

${renderRowBytes(costs)}

- A hash keeps one core of this machine busy for so long.
- A row counts with its share of all indexes and of the room that pages keep free; a browser's user agent is in each session and event.
- An instance holds ${format(costs.instanceMb)} MB at most, under a flood of logins.
- PostgreSQL alone answers ${formatCount(costs.rotationsPerCore)} refresh statements a second for each core. This and the hash are the limits of "Side by side" in the [report](bench.md).
- The bytes of the write-ahead log are those of its records, without images of pages, over ${login.calls} logins and ${refresh.calls} refreshes of users drawn at random.
  A production server adds an image of up to 8 KiB for each page that a call is the first to touch after a checkpoint. How many
  pages that are was counted in the log itself (\`pg_walinspect\`), after a checkpoint. Where the calls between two checkpoints are fewer than the pages,
  almost every call pays for its images: "with page images" below is that upper figure.

## Assumed

${renderAssumptions()}
`
}

function renderNeeded(costs: Costs): string {
  const [million, billion] = [computeNeeds(costs, 1e6), computeNeeds(costs, 1e9)]
  const forgetful = million.cores.hashing / assumed.loginsPerDay
  return `## Needed

${renderNeeds([million, billion])}

Everything grows in proportion to the users but the instances, which are whole. Hashing is cheap because sessions last: were every daily user to log in
every day, the million would need ${format(forgetful)} cores that hash.
`
}

function renderSteps(costs: Costs): string {
  const limits = computeLimits(costs)
  const full = populations.map(
    (users) =>
      `${limits.filter(({ dailyUsers }) => users >= dailyUsers).length} are reached by ${formatCount(users)} daily users`,
  )
  return `## What breaks first, and which step is due

In the order in which it is full: of these ${limits.length} limits ${full.join(' and ')}. A second instance and a standby of PostgreSQL are
due from the first user on, for the day when one fails.

${renderLimits(limits, populations)}

**A read replica** can answer \`me\` alone: it is the one call that writes nothing. The service has one \`DATABASE_URL\` today, so a second pool for
that statement would have to be written, and it has a price. \`me\` asks whether the session is live *now*. On a replica a logout, a new password or
a deactivation counts only after the replica's lag: usually well under a second, and without bound when the replica is stuck. A session that was just
started is not there yet either: what the replica refuses has to be asked of the primary again, or a login is followed by a 401. Cheaper, and
first: apps ask \`me\` less often, and services of your own verify tokens offline.

**Partitions** make no call faster. They keep a vacuum, an index and a deletion as small as one part.

**A distributed database** adds a round trip between machines to statements, several to a commit. Take it when the writes or the size of one server are the
limit, not before.
`
}

function renderStorm(costs: Costs): string {
  const storms = populations.map((dailyUsers) => computeStorm(costs, dailyUsers))
  return `## A storm of logins

A login takes ${format(costs.hashMs / costs.databaseMs.login)} times as much of a processor for its hash as of PostgreSQL: where logins are what there is too much of, the cores that hash are full long
before the database. That is so when everybody is logged out at once, because a \`SECRET_KEY\` was lost or leaked. A key that is changed by the
steps of \`pnpm auth keys rotate\` logs nobody out, and after an outage of some hours a refresh is enough.

${renderStorms(storms, populations)}

Meanwhile logins beyond the queue are answered 503 with \`Retry-After\`, and refreshes and \`me\` go on: see "Overload" in the [report](bench.md).
Machines for that hour are cheaper than machines for every hour.
`
}

const unmeasured = `## What is not in these figures

- A disk. PostgreSQL had its data in memory and did not wait for it. Each login and each refresh is a commit that the disk has to flush; those that come at
  once share a flush.
- Other processors. Cores are those of the machine above; divide by how much faster yours are.
- Rate limits. They were off. A login is counted in Redis or in an unlogged table besides.
- Registrations, changes of profiles and of passwords: rare beside the rest. A registration hashes like a login.
- Rows that are larger: a long bio, an IPv6 address, what vacuum has not yet taken away.
- TLS, the balancer and the web app.
- Replicas and distributed databases: computed and thought through. [Citus](../citus.md) has figures of its own.
`
