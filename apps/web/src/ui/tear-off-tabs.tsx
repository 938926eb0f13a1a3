import type { ReactNode } from 'react'

const tabWidth = 60
/** The tabs that are there, by their place: the sixth is torn off. */
const tabs = [0, 1, 2, 3, 4, 6, 7].map((place) => place * tabWidth)
const tornEdge = 'M300.6 0h58.8v7l-8-3-7 5-9-4-8 4-9-5-8 4-9.8-2z'

/** The foot of a flyer, cut into tabs. Decoration. */
export function TearOffTabs(): ReactNode {
  return (
    <svg
      viewBox="0 0 480 62"
      aria-hidden="true"
      className="-mt-px block w-full max-phone:hidden print:hidden"
    >
      <path className="fill-paper" d={tabs.map(tab).join('') + tornEdge} />
      <path className="fill-crease" d={tabs.map(print).join('')} />
      <path className="fill-none stroke-crease" strokeWidth="2" strokeDasharray="6 5" d="M8 1h464" />
    </svg>
  )
}

/** A tab whose left edge is at `x`. */
const tab = (x: number): string => `M${x + 0.6} 0h58.8v56a4 4 0 0 1-4 4h-50.8a4 4 0 0 1-4-4z`

/** What is printed on it. */
const print = (x: number): string => `M${x + 16} 18h28v5h-28zm0 11h20v4h-20zm0 9h24v4h-24z`
