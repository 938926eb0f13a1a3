import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort } from '@pockitflyer/server/testing'
import { hasProgram, type Program, startProgram } from '../src/programs.ts'
import { count, last, openDatabase, putLoad, record, startApi } from './harness.ts'

const hasRedis = hasProgram('redis-server')
if (!hasRedis) process.stdout.write('redis-server is not installed: its tests are skipped\n')

const faultSeconds = count({ short: 3, long: 15 })

/** Limits that count and refuse no login. */
const limits = {
  RATE_LIMITS: 'on',
  LOGINS_PER_ACCOUNT: '1000000/1h',
  LOGINS_PER_ADDRESS: '1000000/1h',
  REFRESHES_PER_ADDRESS: '1000000/1m',
}

async function startRedis(port: number): Promise<Program> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const redis = await startProgram('redis-server', settings)
  onTestFinished(() => redis.stop())
  return redis
}

/** Sends commands to Redis, as an operator would, and resolves when each was answered. */
async function send(port: number, ...commands: string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => (answer += String(data)))
  socket.write([...commands, 'QUIT', ''].join('\r\n'))
  await once(socket, 'close')
  expect(answer).toMatch(/^([+:][^\r]*\r\n)+$/)
}

interface Fault {
  begin(redis: Program, port: number): Promise<void>
  end(redis: Program, port: number): Promise<void>
}

const faults: [string, Fault][] = [
  [
    'silent (SIGSTOP)',
    { begin: async (redis) => redis.signal('SIGSTOP'), end: async (redis) => redis.signal('SIGCONT') },
  ],
  ['gone', { begin: (redis) => redis.stop(), end: async (_, port) => void (await startRedis(port)) }],
  [
    'a replica (READONLY)',
    {
      begin: (_, port) => send(port, 'REPLICAOF 127.0.0.1 1'),
      end: (_, port) => send(port, 'REPLICAOF NO ONE'),
    },
  ],
  [
    'out of memory (OOM)',
    {
      begin: (_, port) => send(port, 'CONFIG SET maxmemory 1'),
      end: (_, port) => send(port, 'CONFIG SET maxmemory 0'),
    },
  ],
  [
    'asking for a password (NOAUTH)',
    {
      begin: (_, port) => send(port, 'CONFIG SET requirepass secret', 'CLIENT KILL TYPE normal'),
      end: (_, port) => send(port, 'AUTH secret', 'CONFIG SET requirepass ""'),
    },
  ],
]

/** In the short form the first three: to us an error of Redis is like any other. */
const met = faults.slice(0, count({ short: 3, long: faults.length }))

test.skipIf(!hasRedis).each(met)('Redis that is %s costs no login and no session', async (name, fault) => {
  const { url, accounts } = await openDatabase()
  const port = await findFreePort()
  const redis = await startRedis(port)
  const api = await startApi(url, { ...limits, REDIS_URL: `redis://127.0.0.1:${port}` })
  const load = putLoad(() => api.url, accounts)
  await load.served(50)
  await fault.begin(redis, port)
  await last(faultSeconds)
  await load.served(50)
  await expect.poll(api.output).toContain('this process counts its rate limits by itself')
  await fault.end(redis, port)
  load.faultEnds()
  await load.recovered()
  await expect.poll(api.output, { timeout: 20_000 }).toContain('Redis keeps the counts of rate limits again')
  await record(
    `Redis, which keeps the counts of rate limits, ${name} for ${faultSeconds} s`,
    await load.stop(),
  )
  expect(api.output().split('by itself').length - 1, 'told once').toBe(1)
})
