import { readFile } from 'node:fs/promises'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import type * as storageEntry from '@pockitflyer/auth-client/storage'

/**
 * The storage of browser apps in a real browser, where locks, sandboxes and quotas are real. Its
 * sources are served as they are, without their types: they import nothing but each other.
 */

type StorageEntry = typeof storageEntry

declare global {
  var entry: StorageEntry
  var store: ReturnType<StorageEntry['createStorageStore']>
}

const origin = 'https://app.test'
const entryFile = createRequire(import.meta.url).resolve('@pockitflyer/auth-client/storage')
const sources = dirname(dirname(entryFile))
const page = `<script type="module">
  import * as entry from '${origin}/src/stores/storage.ts'
  globalThis.entry = entry
</script>`

async function serve(context: BrowserContext): Promise<void> {
  await context.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (!pathname.startsWith('/src/')) return route.fulfill({ contentType: 'text/html', body: page })
    const source = await readFile(join(sources, pathname.slice('/src/'.length)), 'utf8')
    const headers = { 'access-control-allow-origin': '*' }
    return route.fulfill({ contentType: 'text/javascript', headers, body: stripTypeScriptTypes(source) })
  })
}

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(origin)
  await page.waitForFunction(() => 'entry' in globalThis)
  return page
}

test.beforeEach(async ({ context }) => serve(context))

test('a frozen tab with the lock keeps no tab from refreshing', async ({ context }) => {
  const [frozen, other] = [await open(context), await open(context)]
  await frozen.evaluate(
    async () =>
      new Promise<void>((resolve) => {
        const store = globalThis.entry.createStorageStore(localStorage)
        void store.exclusive?.(async () => {
          resolve()
          return new Promise(() => {})
        })
      }),
  )
  const devtools = await context.newCDPSession(frozen)
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  const outcome = await other.evaluate(async () => {
    const { held = [] } = await navigator.locks.query()
    const store = globalThis.entry.createStorageStore(localStorage)
    const startMs = performance.now()
    const entered = await store.exclusive?.(async () => 'entered')
    await store.update(() => ({ access: 'a', refresh: 'r', receivedAtMs: 1 }))
    const waitedMs = performance.now() - startMs
    return { held: held.length, entered, waitedMs, stored: localStorage.getItem('pockitflyer.session') }
  })
  expect(outcome).toMatchObject({ held: 1, entered: 'entered' })
  expect(outcome.stored).toContain('"access":"a"')
  expect(outcome.waitedMs).toBeGreaterThan(4900)
  // Well within the 10 seconds that a call has.
  expect(outcome.waitedMs).toBeLessThan(9000)
})

test('a sandboxed frame, denied storage and locks, keeps its tokens in memory', async ({ context }) => {
  const page = await open(context)
  await page.evaluate(async (origin) => {
    const frame = document.createElement('iframe')
    frame.sandbox.add('allow-scripts')
    frame.srcdoc = `<script type="module">
      import * as entry from '${origin}/src/stores/storage.ts'
      globalThis.entry = entry
    </script>`
    document.body.append(frame)
  }, origin)
  await expect.poll(() => page.frames().length).toBe(2)
  const frame = page.frames()[1]
  if (frame === undefined) throw new Error('There is no frame.')
  await expect.poll(async () => frame.evaluate(() => 'entry' in globalThis)).toBe(true)
  const outcome = await frame.evaluate(async () => {
    const nameOf = (error: unknown) => (error instanceof Error ? error.name : String(error))
    const denied = await navigator.locks.request('x', async () => 'granted').catch(nameOf)
    const told: string[] = []
    const store = globalThis.entry.createStorageStore(() => localStorage, {
      onWriteError: (error) => told.push(nameOf(error)),
    })
    const before = await store.load()
    const inside = await store.exclusive?.(async () => 'entered')
    await store.update(() => ({ access: 'a', refresh: 'r', receivedAtMs: 1 }))
    const kept = await store.load()
    await store.update(() => undefined)
    return { denied, before, inside, kept: kept?.access, after: await store.load(), told }
  })
  expect(outcome).toEqual({
    denied: 'SecurityError',
    before: undefined,
    inside: 'entered',
    kept: 'a',
    after: undefined,
    told: ['SecurityError'],
  })
})

test('tokens over the quota stay in their tab, reported, then written', async ({ context }) => {
  const [full, other] = [await open(context), await open(context)]
  const outcome = await full.evaluate(async () => {
    const told: string[] = []
    const store = globalThis.entry.createStorageStore(localStorage, {
      onWriteError: (error) => told.push(error instanceof Error ? error.name : String(error)),
    })
    globalThis.store = store
    await store.update(() => ({ access: 'first', refresh: 'r', receivedAtMs: 1 }))
    for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
      for (let more = true; more; ) {
        try {
          localStorage.setItem(`fill-${localStorage.length}`, 'x'.repeat(size))
        } catch {
          more = false
        }
      }
    }
    await store.update((now) => now && { ...now, access: `second${'.'.repeat(2000)}` })
    const kept = await store.load()
    const stored = localStorage.getItem('pockitflyer.session')
    for (const key of Object.keys(localStorage)) if (key.startsWith('fill-')) localStorage.removeItem(key)
    return { told, kept: kept?.access.slice(0, 6), stored: stored?.includes('"first"') }
  })
  expect(outcome).toEqual({ told: ['QuotaExceededError'], kept: 'second', stored: true })
  await expect
    .poll(async () => {
      await full.evaluate(async () => globalThis.store.load())
      return other.evaluate(async () =>
        (await globalThis.entry.createStorageStore(localStorage).load())?.access.slice(0, 6),
      )
    })
    .toBe('second')
})
