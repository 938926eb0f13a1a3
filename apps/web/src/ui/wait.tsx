'use client'

import { fillText } from '@pockitflyer/auth-protocol/errors'
import type { ReactNode } from 'react'
import { useCountdown } from '../forms/use-countdown.ts'
import { useFormTexts } from '../forms/form-context.tsx'

/** Counts down to the next attempt, silently: a screen reader has heard how long it takes. */
export function Wait({ seconds }: { seconds: number }): ReactNode {
  const { wait = '', waitOver } = useFormTexts()
  const left = useCountdown(seconds)
  const time = [left / 3600, (left / 60) % 60, left % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
  return <p className="tabular-nums noscript:hidden">{left > 0 ? fillText(wait, { time }) : waitOver}</p>
}
