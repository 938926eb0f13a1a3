import type { ReactNode } from 'react'

/** The pin that holds a sheet. Decoration; a phone shows the sheet alone. */
export function Pin(): ReactNode {
  return (
    <svg
      viewBox="0 0 28 28"
      aria-hidden="true"
      className="absolute inset-x-0 -top-3 mx-auto size-7 max-phone:hidden print:hidden"
    >
      <circle className="fill-shadow" cx="15.5" cy="16" r="11" />
      <circle className="fill-coral-deep" cx="14" cy="14" r="11" />
      <circle className="fill-coral" cx="13" cy="12.5" r="8" />
    </svg>
  )
}
