'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { ForgetNotice } from './forget-notice.tsx'
import { Notice } from './notice.tsx'
import type { NoticeText } from './notices.ts'

/**
 * The outcome of the visitor's last action. It takes the focus when it comes from the server,
 * because the pressed button may be gone: screen reader and keyboard go on from here.
 */
export function ArrivalNotice({ notice }: { notice: NoticeText | undefined }): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (notice !== undefined) place.current?.focus()
  }, [notice])
  if (notice === undefined) return null
  return (
    <div ref={place} tabIndex={-1} className="mb-6 rounded-field">
      <Notice tone={notice.tone}>{notice.text}</Notice>
      <ForgetNotice />
    </div>
  )
}
