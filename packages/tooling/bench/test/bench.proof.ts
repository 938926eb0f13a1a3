import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { renderReport } from '../src/report/report.ts'
import { rateRows, targetRows } from '../src/report/rows.ts'
import { renderScale } from '../src/report/scale.ts'
import { writeReport } from '../src/report/write.ts'
import { run } from '../src/run.ts'
import { readCosts } from '../src/scale/costs.ts'
import { computeLimits } from '../src/scale/limits.ts'
import type { LogCost } from '../src/scenarios/storage.ts'

test('a run measures every row, reports, and leaves no process', async () => {
  const plan = {
    seconds: 1,
    warmUps: 1,
    rounds: 1,
    users: [200, 400] as [number, number],
    poolSizes: [2],
    connections: [1],
    flood: { seconds: 1, rounds: 1 },
    fleets: { seconds: 1, rounds: 1 },
  }
  const results = await run({ plan, say: () => {} })

  expect(rateRows(results).map(({ name }) => name)).toEqual([
    'hash limit',
    'database limit',
    'baseline login',
    'api login',
    'api login with limits on',
    'baseline refresh',
    'api refresh',
    'api trpc.refresh',
    'baseline me',
    'api me',
    'api trpc.me',
    'api trpc.me.batch',
    'baseline refresh, one client',
    'api refresh, one client',
    'baseline me, one client',
    'api me, one client',
  ])
  for (const { name, rate, failures } of rateRows(results)) {
    expect({ name, isAnswered: rate > 0, failures }).toEqual({ name, isAnswered: true, failures: 0 })
  }
  expect(targetRows(results).filter(({ value }) => !Number.isFinite(value))).toEqual([])
  for (const { fleet, call, rounds } of results.fleets.rows) {
    expect([fleet, call, ...rounds.map(({ failures }) => failures)]).toEqual([fleet, call, 0])
    for (const { evenness } of rounds) expect(evenness).toBeGreaterThan(0)
  }
  const { users, rowBytes, log } = results.storage
  expect(users).toBe(400)
  for (const value of [...Object.values(rowBytes), ...Object.values(log).flatMap(sizesOf)]) {
    expect(value).toBeGreaterThan(0)
    expect(value).toBeLessThan(100_000)
  }
  expect([log.login.failures, log.refresh.failures]).toEqual([0, 0])
  expect(computeLimits(readCosts(results)).filter((limit) => !Number.isFinite(limit.dailyUsers))).toEqual([])

  const folder = await mkdtemp(join(tmpdir(), 'bench-report-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeReport(folder, results)
  const report = await readFile(join(folder, 'bench.md'), 'utf8')
  expect(report).toBe(renderReport(results))
  const scale = await readFile(join(folder, 'scale.md'), 'utf8')
  expect(scale).toBe(renderScale(results))
  expect(scale).not.toMatch(/\?|NaN|Infinity|undefined/)
  for (const [, chart = ''] of report.matchAll(/\]\((.+\.svg)\)/g)) {
    expect(await readFile(join(folder, chart), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s)
  }
  expect(childProcesses()).toEqual([])
})

function sizesOf({ recordBytes, pages }: LogCost): number[] {
  return [recordBytes, pages]
}

/** The commands of this process's children, without `ps` itself. */
function childProcesses(): string[] {
  const list = execFileSync('ps', ['-o', 'comm=', '--ppid', String(process.pid)], { encoding: 'utf8' })
  return list.split('\n').filter((name) => name !== '' && name !== 'ps')
}
