'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { Texts } from '../texts/texts.ts'

export type FormTexts = Texts['forms']

/** Without texts a form says nothing of its own. */
const Context = createContext<Partial<FormTexts>>({})

/** Brings the texts that every form may say to the browser, in the language of the page. */
export function FormTextsProvider({ texts, children }: { texts: FormTexts; children: ReactNode }): ReactNode {
  return <Context value={texts}>{children}</Context>
}

/** Returns the texts that every form may say. */
export function useFormTexts(): Partial<FormTexts> {
  return useContext(Context)
}
