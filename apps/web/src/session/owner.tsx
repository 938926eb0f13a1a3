'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { ownerField } from './owner-field.ts'

const Owner = createContext<string | undefined>(undefined)

interface OwnerOfFormsProps {
  /** The id of the user whose page this is. */
  userId: string | undefined
  children: ReactNode
}

/** Says whose page this is, for the forms in it. */
export function OwnerOfForms({ userId, children }: OwnerOfFormsProps): ReactNode {
  return <Owner value={userId}>{children}</Owner>
}

/** Returns the id of the user whose page this is; undefined on a page for strangers. */
export function useOwner(): string | undefined {
  return useContext(Owner)
}

/** Tells a form's action whose page it was sent from. */
export function OwnerField(): ReactNode {
  const userId = useOwner()
  return userId === undefined ? null : <input type="hidden" name={ownerField} value={userId} />
}
