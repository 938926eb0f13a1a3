import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { LaunchOptions } from '@playwright/test'
import { unpackChromium } from './packaged-chromium.ts'

/**
 * How to launch a Chromium on this machine: the one that `CHROMIUM_PATH` names, or the one inside
 * the npm package @sparticuz/chromium, which needs nothing of the machine but glibc. That is the
 * headless shell, the same everywhere: a page of its own opens in a third of the second that a
 * whole Chromium takes. Playwright itself turns the sandbox off, so that root can run it.
 */
export async function findChromium(): Promise<LaunchOptions> {
  const given = process.env['CHROMIUM_PATH']
  if (!given) return launchPackagedChromium()
  if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names a file that is not there: ${given}`)
  return { executablePath: given }
}

/**
 * How to launch the Chromium inside the npm package: with the fonts that come with it, so that
 * pictures look the same everywhere, and with the machine's libraries where it has them.
 */
export async function launchPackagedChromium(): Promise<LaunchOptions> {
  const { executablePath, libraryPath, fontConfigPath } = await unpackChromium()
  const fonts = { FONTCONFIG_FILE: fontConfigPath }
  const libraries = starts(executablePath) ? {} : { LD_LIBRARY_PATH: libraryPath }
  return { executablePath, env: { ...process.env, ...fonts, ...libraries } }
}

function starts(executablePath: string): boolean {
  return spawnSync(executablePath, ['--version']).status === 0
}
