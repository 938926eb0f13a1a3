import type { AskedMail } from '../../mailed-links/cookies.ts'

/** The service sends one mail a minute. */
const waitSeconds = 60

/** Returns for how many seconds the service would drop a further request. */
export function findSecondsLeft({ at }: AskedMail): number {
  return Math.max(0, Math.min(waitSeconds, Math.ceil(at + waitSeconds - Date.now() / 1000)))
}
