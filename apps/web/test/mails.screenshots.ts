import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'

const pictures = fileURLToPath(new URL('../screenshots/mails/', import.meta.url))
const writeSamples = fileURLToPath(new URL('../../worker/test/write-samples.ts', import.meta.url))

test('a mail of each template', async ({ browser }) => {
  const folder = await mkdtemp(join(tmpdir(), 'mails-'))
  try {
    await promisify(execFile)(process.execPath, [writeSamples, folder])
    const names = await readdir(folder)
    expect(names.length).toBeGreaterThan(5)
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280]) {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 400 } })
        const page = await context.newPage()
        for (const name of names) {
          await page.goto(pathToFileURL(join(folder, name)).href)
          const path = `${pictures}${name.replace('.html', '')}-${width}-${colorScheme}.png`
          await page.screenshot({ path, fullPage: true })
        }
        await context.close()
      }
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})
