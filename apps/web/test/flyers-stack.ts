import { startTestApi } from '@pockitflyer/testing'
import { generateKey, toPrivateJwk } from '@pockitflyer/auth/admin'
import { connect } from '@pockitflyer/flyers/database'
import { migrateToLatest } from '@pockitflyer/flyers/migrate'
import { test as base } from './fixtures.ts'
import { createGate, type Gate } from './gate.ts'
import { startFlyers, startWeb } from './web-server.ts'

/** Where the stack's PostgreSQL is. */
export const databaseUrl = process.env['TEST_STACK_DATABASE_URL'] ?? ''

/** Tests of a web app with the flyers service beside it, one for each worker. */
export const test = base.extend<object, { stack: FlyersStack }>({
  stack: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what is needed from it
    async ({}, use) => {
      const stack = await startFlyersStack(databaseUrl)
      await use(stack)
      await stack.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ stack }, use) => {
    await stack.gate.open() // A test before may have shut it.
    await use(stack.webUrl)
  },
})

/** A web app with the flyers service beside it. */
interface FlyersStack {
  webUrl: string
  /** On the way to the flyers service. */
  gate: Gate
  stop(): Promise<void>
}

/**
 * Starts the flyers service and a web app in front of it, with an API of their own that signs with
 * a key pair, on the stack's database.
 */
async function startFlyersStack(databaseUrl: string): Promise<FlyersStack> {
  const db = connect({ url: databaseUrl })
  await migrateToLatest(db).finally(() => db.destroy())
  const api = await startTestApi(databaseUrl, {
    SIGNING_KEY: JSON.stringify(toPrivateJwk(generateKey('EdDSA'))),
  })
  const flyers = await startFlyers(databaseUrl, api.url)
  const gate = await createGate(flyers.url)
  const web = await startWeb(api.url, { FLYERS_URL: gate.url })
  return {
    webUrl: web.url,
    gate,
    async stop() {
      await web.stop()
      await gate.shut()
      await flyers.stop()
      await api.stop()
    },
  }
}
