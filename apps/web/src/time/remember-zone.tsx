'use client'

import { useEffect } from 'react'
import { zoneCookieName } from './zone-cookie.ts'

const yearSeconds = 365 * 24 * 60 * 60

/**
 * Tells the server the browser's time zone, so that it writes times as their reader's clock does,
 * and nothing flickers.
 */
export function RememberZone(): null {
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const secure = window.isSecureContext ? '; secure' : ''
    document.cookie = `${zoneCookieName}=${timeZone}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`
  }, [])
  return null
}
