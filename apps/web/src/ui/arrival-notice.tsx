'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Notice } from './notice.tsx'
import type { NoticeText } from './notices.ts'

/**
 * What became of what the visitor just did. It takes the focus whenever it comes from the server:
 * the button that was pressed may be gone; a screen reader reads on from here, and the keyboard
 * goes on.
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
    </div>
  )
}
