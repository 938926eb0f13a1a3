/**
 * Assumptions that were not measured: the behaviour of users and the rented machines. The whole
 * document follows from these figures.
 */
export const assumed = {
  loginsPerDay: 1 / 30,
  failuresPerLogin: 0.2,
  logoutsPerLogin: 0.5,
  refreshesPerDay: 1,
  mePerDay: 10,
  peakFactor: 3,
  busyShare: 0.6,
  accountsPerDailyUser: 4,
  sessionsPerDailyUser: 2,
  pruneDays: 30,
  auditDays: 365,
  hashThreadsPerInstance: 4,
  instancesAtLeast: 2,
  poolSize: 10,
  connectionsAtMost: 500,
  databaseCores: 16,
  databaseCoresAtMost: 64,
  logMbPerSecondAtMost: 100,
  tableGbAtMost: 100,
  databaseTbAtMost: 10,
}

/** An assumption as the document states it. */
export interface Assumption {
  name: string
  value: string
  reason: string
}

/** Every assumption with its reason. */
export const assumptions: Assumption[] = [
  {
    name: 'Logins of a daily user',
    value: `1 in ${Math.round(1 / assumed.loginsPerDay)} days`,
    reason:
      'A session goes on for 90 days while it is used every 7; new devices, logouts and cleared browsers come on top.',
  },
  {
    name: 'Wrong passwords to a login',
    value: String(assumed.failuresPerLogin),
    reason:
      'Each costs what a login costs: the hash is computed all the same. Guessers are held off by the rate limits.',
  },
  {
    name: 'Logouts to a login',
    value: String(assumed.logoutsPerLogin),
    reason: 'The other sessions run out by themselves. A logout is priced as a refresh, and leaves an event.',
  },
  {
    name: 'Refreshes of a daily user',
    value: `${assumed.refreshesPerDay} a day`,
    reason: 'An access token lives 24 hours.',
  },
  {
    name: '`me` of a daily user',
    value: `${assumed.mePerDay} a day`,
    reason: 'One at each start of an app or a page. Siblings verify access tokens offline and ask nothing.',
  },
  {
    name: 'Peak',
    value: `${assumed.peakFactor} × the average second`,
    reason: 'The evening of one region; users all over the world make it flatter.',
  },
  {
    name: 'Processors busy at the peak',
    value: `${assumed.busyShare * 100} %`,
    reason: 'Above it queues grow, and the rest carries the load when an instance is lost.',
  },
  {
    name: 'Accounts to a daily user',
    value: String(assumed.accountsPerDailyUser),
    reason: 'Who does not come today has a row, too.',
  },
  {
    name: 'Live sessions of a daily user',
    value: String(assumed.sessionsPerDailyUser),
    reason: 'A phone and a browser.',
  },
  {
    name: 'Sessions that are over stay',
    value: `${assumed.pruneDays} days`,
    reason: '`pnpm auth sessions prune --older-than-days 30`, once a day.',
  },
  {
    name: 'The audit stays',
    value: `${assumed.auditDays} days`,
    reason: 'A year, as auditors like it: `pnpm auth events prune --older-than-days 365`, once a day.',
  },
  {
    name: 'An API instance',
    value: `1 core of JavaScript, ${assumed.hashThreadsPerInstance} that hash; at least ${assumed.instancesAtLeast} instances`,
    reason: `One process runs JavaScript on one core; \`HASH_CONCURRENCY\` is ${assumed.hashThreadsPerInstance} by default. Two, so that one may be lost.`,
  },
  {
    name: 'Connections',
    value: `${assumed.poolSize} an instance, ${assumed.connectionsAtMost} at one PostgreSQL`,
    reason: '`DATABASE_POOL_SIZE`; beyond some hundred, PostgreSQL spends itself on looking after them.',
  },
  {
    name: 'A usual PostgreSQL server',
    value: `${assumed.databaseCores} cores`,
    reason: 'Rented everywhere.',
  },
  {
    name: 'The largest before another design is cheaper',
    value: `${assumed.databaseCoresAtMost} cores, ${assumed.databaseTbAtMost} TB`,
    reason: 'Larger ones exist; a restore of so many TB takes a day.',
  },
  {
    name: 'Write-ahead log of one server',
    value: `${assumed.logMbPerSecondAtMost} MB/s`,
    reason: 'What a network of 1 Gbit/s carries to one replica.',
  },
  {
    name: 'One table without partitions',
    value: `${assumed.tableGbAtMost} GB`,
    reason: 'Beyond it a vacuum, a new index or a mass deletion takes hours.',
  },
]
