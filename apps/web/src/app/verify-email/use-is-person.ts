import { useEffect, useState } from 'react'

/** How long after the page came a person presses a button at the earliest, in milliseconds. */
const robotMs = 600

/**
 * Returns whether a person is in front of the page: they moved, touched or typed, and some time has
 * passed. Robots that check mails send forms and press buttons.
 */
export function useIsPerson(): boolean {
  const [isPerson, setIsPerson] = useState(false)
  useEffect(() => {
    const start = performance.now()
    const notice = (event: Event) => {
      if (event.isTrusted && performance.now() - start > robotMs) setIsPerson(true)
    }
    const kinds = ['pointermove', 'pointerdown', 'keydown']
    for (const kind of kinds) window.addEventListener(kind, notice)
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, notice)
    }
  }, [])
  return isPerson
}
