'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { blankForm, type FormState } from './form-state.ts'

const Context = createContext<FormState<string> | undefined>(undefined)

interface FlashProviderProps {
  flash: FormState<string> | undefined
  children: ReactNode
}

/** Brings the state of a form that was sent without JavaScript to the page. */
export function FlashProvider({ flash, children }: FlashProviderProps): ReactNode {
  return <Context value={flash}>{children}</Context>
}

/** Returns the state in which the form that keeps these fields starts. */
export function useFirstState<Field extends string>(kept: readonly Field[]): FormState<Field> {
  const flash = useContext(Context)
  return isOf(flash, kept) ? flash : blankForm()
}

/** A page has one form that keeps the same fields. */
function isOf<Field extends string>(
  flash: FormState<string> | undefined,
  kept: readonly Field[],
): flash is FormState<Field> {
  const fields = Object.keys(flash?.values ?? {})
  return flash !== undefined && fields.length === kept.length && kept.every((name) => fields.includes(name))
}
