import type { ReactNode } from 'react'
import { ArrivalNotice } from '../ui/arrival-notice.tsx'
import { Flyer } from '../ui/flyer.tsx'

interface OverText {
  title: string
  text: string
}

interface OverFlyerProps {
  /** The parameter `over` of the page. */
  over: unknown
  /** What to say for each; `missing` for any other. */
  texts: Record<string, OverText> & { missing: OverText }
  /** Where to go on. */
  href: string
  answer: string
}

/** Says what came of a link, with the way to go on. */
export function OverFlyer({ over, texts, href, answer }: OverFlyerProps): ReactNode {
  const known = typeof over === 'string' && Object.hasOwn(texts, over) ? texts[over] : undefined
  const { title, text } = known ?? texts.missing
  return (
    <Flyer title={title}>
      <ArrivalNotice notice={{ tone: 'info', text }} />
      <a href={href} className="button-main">
        {answer}
      </a>
    </Flyer>
  )
}
