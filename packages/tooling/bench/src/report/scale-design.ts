import { renderTexts } from './table.ts'

/** Renders what the schema already does for growth, and what all users share. */
export function renderDesign(): string {
  return `## What the schema already does for it

${renderTexts(['', 'What it is good for'], done)}

## What stands in the way of shards

${renderTexts(['', 'What has to change'], global)}

A shard key is \`user_id\`: access and refresh tokens carry it beside the session, so a refresh and \`me\` know their shard before they
ask. On one server, a partition by hash of the session's id is enough: the primary key stays what it is, and only the list
of a user's sessions, and ending them all, looks into every part.

${renderTexts(['Distributed, speaks PostgreSQL', 'What to expect'], products)}

Citus was run with this service: [Distributed by Citus](../citus.md). The others were not: the migrations and the statements in \`packages/auth/src/db\` are what to try first.
`
}

const done = [
  [
    'Ids of sessions are random UUIDs',
    'Neighbours in time share no page of the index: no page is hot, and a hash of the id spreads evenly. The price: hardly two logins share an image of a page in the log.',
  ],
  [
    'A session is one row, however often it is refreshed',
    'The table grows with sessions, not with refreshes. There is no list of refused tokens.',
  ],
  [
    '`sessions` is filled to 70 %, `users` to 80 %, and no column that a refresh or a login changes is indexed',
    'HOT updates (PostgreSQL, "Heap-Only Tuples"): the new version stands in the page of the old one and no index is touched. The pages of a refresh in the first table show it.',
  ],
  [
    'A refresh and a `me` are one statement, a login is two',
    'Those who refresh at once, or ask `me`, share one. No transaction is held open between round trips, so PgBouncer serves many instances with few connections.',
  ],
  [
    'A refresh, a login and a `me` join rows of one user only',
    'With `users`, `profiles`, `sessions` and `auth_events` sharded by user, none of them crosses shards, but for finding the email. Refreshes and `me` that come at once share a statement today (`batched` in `packages/auth/src/db/postgres`): on Citus they are not batched.',
  ],
  [
    '`auth_events` is only ever appended to',
    'It is partitioned by month: `events prune` takes old months away with one `DROP TABLE` and leaves nothing to vacuum.',
  ],
  [
    'Counts of rate limits are in an unlogged table, or in Redis (`REDIS_URL`)',
    'They add nothing to the write-ahead log and, in Redis, nothing to PostgreSQL.',
  ],
  [
    'The API holds no state',
    'N instances behind a balancer: the [fault tests](faults.md) kill one of two, and nobody is logged out.',
  ],
  ['Siblings verify access tokens offline', 'What other services are asked costs this one nothing.'],
]

const global = [
  [
    'The unique index on `lower(email)`',
    'An email is unique among all users. Where a unique index must hold the shard key, a table from email to user, sharded by email, takes its place; a login asks it first.',
  ],
  [
    '`adopted_jti` is unique for each user',
    'The index holds the shard key and only the sessions that adopted a token of the Django service. `migrate --contract` drops the older index, on `adopted_jti` alone.',
  ],
  [
    '`users.id` and `auth_events.id` count upwards',
    'One sequence for all. Cached in blocks it keeps up; where rows are sharded by range, the newest range is hot: hash it.',
  ],
  [
    '`sessions end`, `sessions prune`, `events prune`, `users list` and `events` name no user',
    "They ask every shard. They are an operator's, and may.",
  ],
]

const products = [
  [
    '[YugabyteDB](https://docs.yugabyte.com/stable/explore/going-beyond-sql/data-sharding)',
    'The query layer of PostgreSQL itself; tables are sharded by hash of the primary key, and an index by itself. The unique index on the email may stay and costs a distributed transaction; the fill of pages means nothing.',
  ],
  [
    '[CockroachDB](https://www.cockroachlabs.com/docs/stable/read-committed)',
    'Another query layer. Serializable by default: a lost race is error 40001, which the service does not retry; set `READ COMMITTED`. Ids that count upwards make a hot range.',
  ],
  [
    '[Aurora Limitless](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/limitless-creating-config.html)',
    "Unique keys must hold the shard key: the table of emails is needed. No partitions of one's own, and no `fillfactor`: migrations must be written for it.",
  ],
  [
    '[Citus](https://docs.citusdata.com)',
    'An extension of PostgreSQL itself. Unique keys must hold the distribution column: the table of emails is needed. Tables distributed by user lie together, so joins and foreign keys of one user stay local.',
  ],
]
