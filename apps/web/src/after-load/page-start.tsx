'use client'

import { useAfterLoad } from './use-after-load.ts'

/** Starts what every page does once it is interactive. */
export function PageStart(): null {
  useAfterLoad(({ startPage }) => startPage())
  return null
}
