/**
 * The texts that were entered into a form's fields. What is missing, or a file instead of a text,
 * is undefined. Anybody can call an action with something else than a form: then nothing was
 * entered.
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
