'use client'

import type { ReactNode } from 'react'
import { FormContext, type FormFacts } from '../forms/form-context.tsx'
import { useAfterLoad } from './use-after-load.ts'

/** Tells forms what they know, and starts what every page does once it is interactive. */
export function PageStart({ texts, flash, children }: FormFacts & { children: ReactNode }): ReactNode {
  useAfterLoad(({ startPage }) => startPage())
  return <FormContext value={{ texts, flash }}>{children}</FormContext>
}
