'use client'

import { useEffect } from 'react'
import { zoneCookieName } from './zone-cookie.ts'

const yearSeconds = 365 * 24 * 60 * 60

/**
 * Sends the browser's time zone to the server, which then writes times in it from the first render.
 */
export function RememberZone(): null {
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const secure = window.isSecureContext ? '; secure' : ''
    document.cookie = `${zoneCookieName}=${timeZone}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`
  }, [])
  return null
}
