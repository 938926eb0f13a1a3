/**
 * Puts values into a text, for each `{name}` in it.
 *
 * @example fillText('We sent a mail to {email}.', { email: 'ada@example.com' })
 */
export function fillText(text: string, values: Record<string, string | number>): string {
  return text.replaceAll(/\{(\w+)\}/g, (name, key: string) => String(values[key] ?? name))
}
