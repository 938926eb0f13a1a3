/**
 * Returns the texts of a form's fields. A missing field, or a file in place of a text, is
 * undefined. A stranger can call an action without a form: then every field is missing.
 */
export function readEntries<Field extends string>(
  form: unknown,
  fields: readonly Field[],
): Partial<Record<Field, string>> {
  const entries: Partial<Record<Field, string>> = {}
  if (!(form instanceof FormData)) return entries
  for (const field of fields) {
    const value = form.get(field)
    if (typeof value === 'string') entries[field] = value
  }
  return entries
}
