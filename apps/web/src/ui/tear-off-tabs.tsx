import type { ReactNode } from 'react'

const tabWidth = 60
const tabs = [0, 1, 2, 3, 4, 5, 6, 7]
/** The index of the missing tab. */
const torn = 5

/** The foot of a flyer, cut into tabs. Decoration. */
export function TearOffTabs(): ReactNode {
  return (
    <svg viewBox="0 0 480 62" aria-hidden="true" className="-mt-px block w-full">
      {tabs.map((tab) => (
        <g key={tab} transform={`translate(${tab * tabWidth} 0)`}>
          {tab === torn ? <TornEdge /> : <Tab />}
        </g>
      ))}
      <path className="fill-none stroke-crease" strokeWidth="2" strokeDasharray="6 5" d="M8 1h464" />
    </svg>
  )
}

function Tab(): ReactNode {
  return (
    <>
      <path className="fill-paper" d="M.6 0h58.8v56a4 4 0 0 1-4 4H4.6a4 4 0 0 1-4-4z" />
      <path className="fill-crease" d="M16 18h28v5H16zM16 29h20v4H16zM16 38h24v4H16z" />
    </>
  )
}

function TornEdge(): ReactNode {
  return <path className="fill-paper" d="M.6 0h58.8v7l-8-3-7 5-9-4-8 4-9-5-8 4-9.8-2z" />
}
