import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { LaunchOptions } from '@playwright/test'
import { unpackChromium } from './packaged-chromium.ts'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * How to launch a Chromium on this machine: the one that `CHROMIUM_PATH` names, an installed
 * Chromium or Chrome, or the one inside the npm package @sparticuz/chromium, which needs nothing of
 * the machine but glibc. Playwright itself turns the sandbox off, so that root can run it.
 */
export async function findChromium(): Promise<LaunchOptions> {
  const given = process.env['CHROMIUM_PATH']
  if (given && !existsSync(given)) throw new Error(`CHROMIUM_PATH names a file that is not there: ${given}`)
  const executablePath = given || usualPlaces.find((path) => existsSync(path))
  return executablePath === undefined ? launchPackagedChromium() : { executablePath }
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
