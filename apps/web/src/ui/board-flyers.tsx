import type { ReactNode } from 'react'

interface Placed {
  /** Its place on the board, and its angle. A flyer is 240 wide and 320 high. */
  transform: string
}

/** A festival of summer. */
export function SunFlyer({ transform }: Placed): ReactNode {
  return (
    <Sheet transform={transform}>
      <path className="fill-sun" d="M18 18h204v176H18z" />
      <path className="fill-coral" d="M48 194a72 72 0 0 1 144 0z" />
      <path className="fill-ink" d="M18 216h132v16H18z" />
      <path className="fill-crease" d="M18 246h188v10H18zM18 266h160v10H18zM18 286h92v10H18z" />
    </Sheet>
  )
}

/** A swim at the lake. */
export function WaveFlyer({ transform }: Placed): ReactNode {
  return (
    <Sheet transform={transform}>
      <path className="fill-teal" d="M18 18h204v284H18z" />
      <path
        className="fill-none stroke-paper"
        strokeWidth="12"
        d="M18 120c17-22 34-22 51 0s34 22 51 0 34-22 51 0 34 22 51 0M18 158c17-22 34-22 51 0s34 22 51 0 34-22 51 0 34 22 51 0M18 196c17-22 34-22 51 0s34 22 51 0 34-22 51 0 34 22 51 0"
      />
      <path className="fill-paper" d="M6 100h12v120H6zM222 100h12v120h-12z" />
      <circle className="fill-sun" cx="170" cy="62" r="26" />
      <path className="fill-paper" d="M36 250h120v14H36zM36 274h80v10H36z" />
    </Sheet>
  )
}

/** A walk through the old town. */
export function ArchFlyer({ transform }: Placed): ReactNode {
  return (
    <Sheet transform={transform}>
      <path className="fill-coral" d="M42 212v-86a78 78 0 0 1 156 0v86h-30v-84a48 48 0 0 0-96 0v84z" />
      <path className="fill-sun" d="M72 212v-84a48 48 0 0 1 96 0v84h-28v-82a20 20 0 0 0-40 0v82z" />
      <path className="fill-ink" d="M42 236h156v14H42z" />
      <path className="fill-crease" d="M42 264h120v10H42zM42 284h156v10H42z" />
    </Sheet>
  )
}

/** A night of records. */
export function RecordFlyer({ transform }: Placed): ReactNode {
  return (
    <Sheet transform={transform}>
      <path className="fill-coral" d="M18 18h204v204H18z" />
      <circle className="fill-vinyl" cx="120" cy="120" r="84" />
      <path
        className="fill-none stroke-paper opacity-30"
        strokeWidth="2"
        d="M120 52a68 68 0 1 1 0 136 68 68 0 1 1 0-136zM120 66a54 54 0 1 1 0 108 54 54 0 1 1 0-108z"
      />
      <circle className="fill-sun" cx="120" cy="120" r="34" />
      <circle className="fill-paper" cx="120" cy="120" r="7" />
      <path className="fill-ink" d="M18 242h110v14H18z" />
      <path className="fill-crease" d="M18 268h204v10H18zM18 288h140v10H18z" />
    </Sheet>
  )
}

function Sheet({ transform, children }: Placed & { children: ReactNode }): ReactNode {
  return (
    <g transform={transform}>
      <path className="fill-shadow opacity-40" d="M5 8h240v320H5z" />
      <path className="fill-paper" d="M0 0h240v320H0z" />
      {children}
      <circle className="fill-shadow" cx="121.5" cy="10.5" r="7" />
      <circle className="fill-brand" cx="120" cy="9" r="7" />
    </g>
  )
}
