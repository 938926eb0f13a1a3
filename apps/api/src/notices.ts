import type { ApiSettings } from './settings.ts'

/**
 * Returns what the log tells an operator when the API starts in production: a choice that these
 * settings leave open.
 */
export function findNotices(settings: ApiSettings): string[] {
  const isLenient = settings.rotateRefreshTokens && !settings.blacklistAfterRotation
  if (!settings.isProduction || !isLenient) return []
  return [
    'a refresh token that was replaced is accepted again, and recorded as refresh_reused (see: pnpm auth events --kind refresh_reused); BLACKLIST_AFTER_ROTATION=true ends its session instead, once every client keeps its newest token',
  ]
}
