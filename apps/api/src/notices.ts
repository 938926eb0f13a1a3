import type { ApiSettings } from './settings.ts'

/**
 * Returns the log lines for an operator at a start in production: choices that these settings leave
 * open.
 */
export function findNotices(settings: ApiSettings): string[] {
  const isLenient = settings.rotateRefreshTokens && !settings.blacklistAfterRotation
  if (!settings.isProduction || !isLenient) return []
  return [
    'a refresh token that was replaced is accepted again, and recorded as refresh_reused (see: pnpm auth events --kind refresh_reused); BLACKLIST_AFTER_ROTATION=true ends its session instead, once every client keeps its newest token',
  ]
}
