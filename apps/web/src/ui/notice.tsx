import type { ReactNode } from 'react'

const looks = {
  /** A failure. Screen readers announce it at once. */
  error: { role: 'alert', className: 'notice notice-error' },
  /** A piece of information. */
  info: { role: 'status', className: 'notice notice-info' },
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
    <p role={role} className={className}>
      {children}
    </p>
  )
}
