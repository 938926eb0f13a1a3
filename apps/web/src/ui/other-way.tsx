import type { ReactNode } from 'react'

interface OtherWayProps {
  question: string
  href: string
  answer: string
}

/** A link to the neighbouring form, below this one. */
export function OtherWay({ question, href, answer }: OtherWayProps): ReactNode {
  return (
    <p className="mt-4 flex flex-wrap items-center justify-center gap-x-2 text-center">
      <span>{question}</span>
      <a href={href} className="inline-flex min-h-11 items-center font-semibold">
        {answer}
      </a>
    </p>
  )
}
