import type { ReactNode } from 'react'

/** The pin that holds a sheet. Decoration, as the board; a phone shows the sheet alone. */
export function Pin(): ReactNode {
  return <div aria-hidden="true" className="pin" />
}
