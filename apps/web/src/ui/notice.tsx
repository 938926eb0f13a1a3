import type { ReactNode } from 'react'

const looks = {
  /** A failure. Screen readers announce it at once. */
  error: { role: 'alert', className: 'border-danger bg-danger-tint text-danger' },
  /** A piece of information. */
  info: { role: 'status', className: 'border-brand bg-info-tint text-ink' },
}

export type Tone = keyof typeof looks

interface NoticeProps {
  tone: Tone
  children: ReactNode
}

/** A sentence about the whole page or form. */
export function Notice({ tone, children }: NoticeProps): ReactNode {
  const { role, className } = looks[tone]
  return (
    <p
      role={role}
      className={`rounded-field border-s-4 px-[min(1rem,4vw)] py-3 leading-snug font-medium break-words ${className}`}
    >
      {children}
    </p>
  )
}
