'use client'

import { useEffect } from 'react'

/** Takes the notice of a page out of the address bar: a reload does not say it again. */
export function ForgetNotice(): null {
  useEffect(() => {
    const url = new URL(window.location.href)
    url.searchParams.delete('notice')
    window.history.replaceState(null, '', url)
  }, [])
  return null
}
