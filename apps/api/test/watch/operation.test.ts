import { execFile, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'

const database = await openDatabase()

const fileOf = (name: string) => fileURLToPath(new URL(`../../operation/${name}`, import.meta.url))

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.object({ summary: z.string(), action: z.string() }),
        }),
      ),
    }),
  ),
})

const dashboard = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      description: z.string(),
      targets: z.array(z.object({ expr: z.string() })),
    }),
  ),
})

const alerts = rules
  .parse(parse(await readFile(fileOf('alerts.yaml'), 'utf8')))
  .groups.flatMap(({ rules }) => rules)
const { panels } = dashboard.parse(JSON.parse(await readFile(fileOf('dashboard.json'), 'utf8')))

const expressions = [
  // What Prometheus says of the scrape itself is no metric of the service's.
  ...alerts.filter(({ alert }) => alert !== 'AuthDown').map(({ alert, expr }) => ({ name: alert, expr })),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ name: title, expr }))),
]

/** A selector in an expression: a metric and the labels that it asks for. */
const selectorsOf = (expr: string) =>
  Array.from(
    expr.matchAll(/\b((?:auth|nodejs|process)_\w+)(?:\{([^}]*)\})?/g),
    ([, metric = '', labels = '']) => ({
      metric,
      labels: Array.from(labels.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g), ([, label = '']) => label),
    }),
  )

/** Prometheus adds these to every sample. */
const added = ['job', 'instance']

async function scrapeAfterUse(): Promise<string[]> {
  const api = await startTestApi(database.url, { METRICS_PORT: '0' })
  onTestFinished(() => api.stop())
  const { email } = await database.addUser()
  const body = new URLSearchParams({ email, password })
  await fetch(`${api.url}/api/users/login/`, { method: 'POST', body })
  const scraped = await fetch(api.metricsUrl ?? '')
  return (await scraped.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

test('a real scrape has every metric of the dashboard and alerts', async () => {
  const samples = await scrapeAfterUse()
  for (const { name, expr } of expressions) {
    const selectors = selectorsOf(expr)
    expect(selectors, `${name} names a metric`).not.toEqual([])
    for (const { metric, labels } of selectors) {
      const found = samples.filter((sample) => /^\w+/.exec(sample)?.[0] === metric)
      expect(found, `${name}: ${metric}`).not.toEqual([])
      for (const label of labels.filter((label) => !added.includes(label))) {
        expect(found[0], `${name}: ${metric}`).toMatch(new RegExp(`[{,]${label}="`))
      }
    }
  }
})

test('every alert says what to do, every panel what it shows', () => {
  expect(alerts.length).toBeGreaterThan(5)
  expect(panels.length).toBeGreaterThan(5)
  for (const { annotations } of alerts) expect(annotations.action).not.toBe('')
  for (const { description } of panels) expect(description).not.toBe('')
})

const hasPromtool = spawnSync('promtool', ['--version']).error === undefined

test.skipIf(!hasPromtool)('Prometheus takes the alert rules (skipped without promtool)', async () => {
  const { stdout } = await promisify(execFile)('promtool', ['check', 'rules', fileOf('alerts.yaml')])
  expect(stdout).toContain(`SUCCESS: ${alerts.length} rules found`)
})
