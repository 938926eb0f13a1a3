'use client'

import { useAfterLoad } from '../after-load/use-after-load.ts'
import { useIsRenderedHere } from './use-is-rendered-here.ts'

interface WatchSessionProps {
  /** The cookie with the user's id. */
  cookieName: string
  /** Whose page this is; undefined on a page for strangers. */
  userId?: string | undefined
}

/** Reloads the page when this browser has another user than it shows: see `watchUser`. */
export function WatchSession({ cookieName, userId = '' }: WatchSessionProps): null {
  const isRenderedHere = useIsRenderedHere()
  useAfterLoad(({ watchUser }) => watchUser({ cookieName, userId, isRenderedHere }), userId)
  return null
}
