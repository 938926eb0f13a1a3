import { useState, useSyncExternalStore } from 'react'

/**
 * Returns whether this browser rendered a component first, as after a login or a registration, and
 * not the server, as in a page that is opened.
 */
export function useIsRenderedHere(): boolean {
  const isRenderedHere = useSyncExternalStore(subscribe, yes, no)
  const [wasRenderedHere] = useState(isRenderedHere)
  return wasRenderedHere
}

const subscribe = () => () => undefined
const yes = () => true
const no = () => false
