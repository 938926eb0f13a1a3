import type { ReactNode } from 'react'
import { ArchFlyer, RecordFlyer, SunFlyer, WaveFlyer } from './board-flyers.tsx'

/** The notice board behind every page, with flyers on it. Decoration. */
export function Board(): ReactNode {
  return (
    <div aria-hidden="true" className="fixed inset-0 -z-10 dark:opacity-45">
      <svg viewBox="0 0 390 844" preserveAspectRatio="xMidYMid slice" className="size-full sm:hidden">
        <SunFlyer transform="translate(-86 -178) rotate(-9)" />
        <WaveFlyer transform="translate(232 -214) rotate(7)" />
        <ArchFlyer transform="translate(-70 700) rotate(6)" />
        <RecordFlyer transform="translate(226 724) rotate(-8)" />
      </svg>
      <svg viewBox="0 0 1440 900" preserveAspectRatio="xMidYMid slice" className="size-full max-sm:hidden">
        <SunFlyer transform="translate(126 92) rotate(-7)" />
        <WaveFlyer transform="translate(1062 66) rotate(6)" />
        <ArchFlyer transform="translate(206 520) rotate(5)" />
        <RecordFlyer transform="translate(996 514) rotate(-5)" />
      </svg>
    </div>
  )
}
