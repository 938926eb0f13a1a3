import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { ContactSheet, contextOf, usualLooks } from './contact-sheet.ts'

const writeSamples = fileURLToPath(new URL('../../worker/test/write-samples.ts', import.meta.url))

test('a mail of each template', async ({ browser }) => {
  const folder = await mkdtemp(join(tmpdir(), 'mails-'))
  try {
    await promisify(execFile)(process.execPath, [writeSamples, folder])
    const names = await readdir(folder)
    expect(names.length).toBeGreaterThan(5)
    for (const look of usualLooks) {
      const context = await browser.newContext(contextOf(look))
      const page = await context.newPage()
      const sheet = new ContactSheet(look)
      for (const name of names) {
        await page.goto(pathToFileURL(join(folder, name)).href)
        await sheet.shoot(page, name.replace('.html', ''))
      }
      await sheet.save(browser, 'mails')
      await context.close()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})
