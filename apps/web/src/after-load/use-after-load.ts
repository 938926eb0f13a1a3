import { useEffect, useEffectEvent } from 'react'
import type * as afterLoad from './after-load.ts'

type AfterLoad = typeof afterLoad

/** Loads what comes after the page. A load that failed is tried anew at the next call. */
export const loadAfterLoad = (): Promise<AfterLoad> => import('./after-load.ts')

/**
 * Runs an effect once what comes after the page is there, and again when `on` changes. The effect
 * may return what ends it.
 */
export function useAfterLoad<On>(
  effect: (loaded: AfterLoad, on: On | undefined) => (() => void) | null | void,
  on?: On,
): void {
  const run = useEffectEvent(effect)
  useEffect(() => {
    const running = loadAfterLoad().then(
      (loaded) => run(loaded, on),
      () => undefined,
    )
    return () => void running.then((stop) => stop?.())
  }, [on])
}
