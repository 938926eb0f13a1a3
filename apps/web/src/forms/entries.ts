/** The texts that were entered into a form's fields. What is missing, or a file instead of a text, is undefined. */
export function readEntries<Field extends string>(
  form: FormData,
  fields: readonly Field[],
): Partial<Record<Field, string>> {
  const entries: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const value = form.get(field)
    if (typeof value === 'string') entries[field] = value
  }
  return entries
}
