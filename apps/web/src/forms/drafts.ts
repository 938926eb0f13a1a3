import type { Entries } from './fill-in.ts'

/**
 * What was typed into the forms of this tab, over a login or a reload. It never leaves the tab, and
 * holds the fields alone that a form names: no password.
 */

/** Why a form is filled in again: it is not saved yet, or the page was too old to send it. */
export type DraftReason = 'restored' | 'outdated'

/** Where a form's draft stands: under its path, its user and its fields. */
export interface DraftPlace<Field extends string = string> {
  owner: string | undefined
  fields: readonly Field[]
}

/** Tells every form of this page to keep its draft, before the page goes. */
export const keepEvent = 'pf-keep'

/** Asks every form of this page to keep its draft, before the page goes. */
export function keepDrafts(): void {
  window.dispatchEvent(new Event(keepEvent))
}

const reasonKey = 'pf-reason'

/** Keeps what was entered into the fields of a form. */
export function writeDraft(place: DraftPlace, entered: Entries, reason: DraftReason): void {
  const draft = new URLSearchParams({ [reasonKey]: reason })
  for (const [name, value] of entered) {
    if (place.fields.includes(name) && typeof value === 'string') draft.append(name, value)
  }
  try {
    sessionStorage.setItem(keyOf(place), draft.toString())
  } catch {
    // The storage is full or denied: the text goes with the page.
  }
}

/** Returns the draft of a form and forgets it. */
export function takeDraft(place: DraftPlace): { reason: DraftReason; entered: Entries } | undefined {
  try {
    const text = sessionStorage.getItem(keyOf(place))
    if (text === null) return undefined
    sessionStorage.removeItem(keyOf(place))
    const entered = new URLSearchParams(text)
    return { reason: entered.get(reasonKey) === 'outdated' ? 'outdated' : 'restored', entered }
  } catch {
    return undefined
  }
}

function keyOf({ owner, fields }: DraftPlace): string {
  return ['pf-draft', owner, window.location.pathname, ...fields].join(' ')
}
