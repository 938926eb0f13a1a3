'use client'

import { createContext, useContext } from 'react'
import type { Texts } from '../texts/texts.ts'
import { blankForm, type FormState } from './form-state.ts'

export type FormTexts = Texts['forms']

/** What the forms of a page know from the server. */
export interface FormFacts {
  /** The texts that every form may say, in the language of the page. */
  texts: Partial<FormTexts>
  /** The state of a form that was sent without JavaScript. */
  flash: FormState<string> | undefined
}

/** Without texts a form says nothing of its own. */
export const FormContext = createContext<FormFacts>({ texts: {}, flash: undefined })

/** Returns the texts that every form may say. */
export function useFormTexts(): FormFacts['texts'] {
  return useContext(FormContext).texts
}

/** Returns the state in which the form that keeps these fields starts. */
export function useFirstState<Field extends string>(kept: readonly Field[]): FormState<Field> {
  const { flash } = useContext(FormContext)
  return isOf(flash, kept) ? flash : blankForm()
}

/** A page has one form that keeps the same fields. */
function isOf<Field extends string>(
  flash: FormState<string> | undefined,
  kept: readonly Field[],
): flash is FormState<Field> {
  return flash !== undefined && String(Object.keys(flash.values).toSorted()) === String(kept.toSorted())
}
