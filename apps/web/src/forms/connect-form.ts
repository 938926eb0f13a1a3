import { type DraftPlace, type DraftReason, keepEvent, takeDraft, writeDraft } from './drafts.ts'
import { fillIn } from './fill-in.ts'
import { focusFirst } from './focus-first.ts'
import type { FormState } from './form-state.ts'

/** What was typed into a form since it was sent, by field: the answer must not take it. */
const typedSince = new WeakMap<HTMLFormElement, Map<string, string>>()

/**
 * Fills a form that has just come with its draft, focuses its first empty field, and keeps its
 * draft before the page goes. `onRestored` learns why the form is filled in. Returns what ends it.
 */
export function connectForm(
  form: HTMLFormElement,
  draft: DraftPlace,
  onRestored: (reason: DraftReason) => void,
): () => void {
  const found = takeDraft(draft)
  if (found !== undefined) {
    fillIn(form, found.entered)
    onRestored(found.reason)
  }
  focusFirst(form)
  const typed = new Map<string, string>()
  typedSince.set(form, typed)
  const end = new AbortController()
  const { signal } = end
  form.addEventListener('submit', () => typed.clear(), { signal })
  form.addEventListener('input', ({ target }) => note(target, typed), { signal })
  const keep = () => writeDraft(draft, new FormData(form), 'restored')
  window.addEventListener(keepEvent, keep, { signal })
  return () => end.abort()
}

function note(target: EventTarget | null, typed: Map<string, string>): void {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  if (isField) typed.set(target.name, target.value)
}

/** Puts back what was typed since the form was sent, and focuses the field to correct. */
export function settleForm(form: HTMLFormElement, { toCorrect }: Pick<FormState<string>, 'toCorrect'>): void {
  fillIn(form, typedSince.get(form) ?? [])
  const field = toCorrect && form.elements.namedItem(toCorrect)
  if (field instanceof HTMLElement) field.focus()
}
