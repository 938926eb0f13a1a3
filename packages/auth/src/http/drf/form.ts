import type { Charset } from './decode.ts'

/**
 * Returns the fields of an `application/x-www-form-urlencoded` body, as Django's QueryDict reads
 * it. The last value of a repeated field counts. Bytes that are not of the charset make the whole
 * body Latin-1.
 */
export function readForm(body: Uint8Array, charset: Charset): Record<string, string> {
  const pairs = decodeBody(body, charset)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const [name = '', ...value] = pair.replaceAll('+', ' ').split('=')
      return [unquote(name, charset), unquote(value.join('='), charset)]
    })
  return Object.fromEntries(pairs)
}

function decodeBody(body: Uint8Array, { decode }: Charset): string {
  try {
    return decode(body)
  } catch {
    return Buffer.from(body).toString('latin1')
  }
}

function unquote(text: string, { decodeLoosely }: Charset): string {
  if (!text.includes('%')) return text
  return text.replace(/\p{ASCII}+/gu, (run) => {
    const bytes = run.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    return decodeLoosely(Buffer.from(bytes, 'latin1'))
  })
}
