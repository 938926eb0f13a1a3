export type Entries = Iterable<readonly [string, FormDataEntryValue]>

/** Puts what was entered back into the fields of a form. */
export function fillIn(form: HTMLFormElement, entered: Entries): void {
  for (const [name, value] of entered) {
    const control = form.elements.namedItem(name)
    const isField = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement
    if (isField && typeof value === 'string') control.value = value
  }
}
