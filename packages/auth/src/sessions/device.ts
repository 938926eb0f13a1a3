import type { SessionEntry } from '@pockitflyer/auth-protocol/schemas'
import Bowser from 'bowser'

/**
 * Describes the device of a user agent. A field is `null` when the user agent does not report it or
 * reports a value that Bowser does not know.
 * @example readDevice(userAgent).browser // 'Firefox'
 */
export function readDevice(userAgent: string | null): SessionEntry['device'] {
  const { browser, os, platform } = parse(userAgent)
  return {
    browser: known(Bowser.BROWSER_MAP, browser.name),
    os: known(Bowser.OS_MAP, os.name),
    type: known(Bowser.PLATFORMS_MAP, platform.type),
  }
}

/** Returns whether two user agents name different browsers, systems or kinds of device. */
export function isOtherDevice(one: string | null, other: string | null): boolean {
  const [a, b] = [readDevice(one), readDevice(other)]
  return a.browser !== b.browser || a.os !== b.os || a.type !== b.type
}

type Parsed = Pick<Bowser.Parser.ParsedResult, 'browser' | 'os' | 'platform'>

function parse(userAgent: string | null): Parsed {
  try {
    return Bowser.parse(userAgent ?? '')
  } catch {
    return { browser: {}, os: {}, platform: {} }
  }
}

function known(names: Record<string, string>, name: string | undefined): string | null {
  return Object.values(names).find((known) => known === name) ?? null
}
