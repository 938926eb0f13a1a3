import { test as base } from '../fixtures.ts'
import { createGate, type Gate } from '../gate.ts'
import { firefox } from './firefox.ts'
import type { Engine, RunningEngine } from './tab.ts'
import { startTls } from './tls.ts'
import { Visitor } from './visitor.ts'
import { webkit } from './webkit.ts'

export { expect } from '../fixtures.ts'

interface TestFixtures {
  engine: Engine
  /** Where the visitor's app is. */
  appUrl: string
  /** Who has opened a browser that knows nothing yet. */
  visitor: Visitor
}

interface WorkerFixtures {
  /** The web app at an https address, with a gate on the way to it. */
  secure: { gate: Gate; url: string }
  /** The browsers of this worker that run. */
  running: Map<Engine, RunningEngine>
}

/** Tests of the web app in other engines than Chromium's. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: [firefox, { option: true }],
  appUrl: ({ secure }, use) => use(secure.url),
  visitor: async ({ engine, appUrl, running }, use) => {
    const browser = running.get(engine) ?? (await engine.start())
    running.set(engine, browser)
    await browser.withTab(appUrl, (tab) => use(new Visitor(tab)))
  },
  secure: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from it
    async ({}, use) => {
      const gate = await createGate(process.env['TEST_WEB_URL'] ?? '')
      const front = await startTls(gate.url)
      await use({ gate, url: front.url })
      front.stop()
      await gate.shut()
    },
    { scope: 'worker' },
  ],
  running: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from it
    async ({}, use) => {
      const running = new Map<Engine, RunningEngine>()
      await use(running)
      for (const browser of running.values()) await browser.stop()
    },
    { scope: 'worker' },
  ],
})

/** Describes tests once for each engine. */
export function inEachEngine(describeTests: () => void): void {
  for (const engine of [firefox, webkit]) {
    test.describe(engine.name, () => {
      useEngine(engine)
      describeTests()
    })
  }
}

/** Runs the tests around it in an engine, or skips them on a machine that lacks it. */
export function useEngine(engine: Engine): void {
  test.use({ engine })
  test.skip(engine.missing !== undefined, engine.missing)
}
