/** Most characters of a header that are read, as in Django. */
const headerMaxLength = 500

/**
 * Chooses a language by the header `Accept-Language` (RFC 9110 section 12.5.4), as Django's
 * LocaleMiddleware does: the most wanted one that is offered, also where only its first part is.
 * `undefined`: none of them is, or the header accepts any from here on.
 *
 * @example chooseLanguage('de-AT, en;q=0.5', ['en', 'de']) // 'de'
 */
export function chooseLanguage<Language extends string>(
  header: string | null,
  offered: readonly Language[],
): Language | undefined {
  for (const wanted of readWanted(header ?? '')) {
    if (wanted === '*') return undefined
    const found = findVariant(wanted, offered)
    if (found !== undefined) return found
  }
  return undefined
}

/** Returns the language tags of a header, the most wanted first; none of a malformed one. */
function readWanted(header: string): string[] {
  const parts = shorten(header).toLowerCase().split(',')
  const read = parts.map((part) => languageRange.exec(part))
  if (read.includes(null)) return []
  return read
    .map((match) => ({ tag: match?.[1] ?? '', weight: Number(match?.[2] ?? 1) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}

const languageRange =
  /^\s*([a-z]{1,8}(?:-[a-z\d]{1,8})*|\*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/

/** Cuts a long header off at a comma. */
function shorten(header: string): string {
  if (header.length <= headerMaxLength) return header
  return header.slice(0, Math.max(0, header.lastIndexOf(',', headerMaxLength)))
}

/** Returns the offered language for a tag, tried with fewer and fewer of its parts. */
function findVariant<Language extends string>(
  tag: string,
  offered: readonly Language[],
): Language | undefined {
  const parts = tag.split('-')
  for (let count = parts.length; count > 0; count -= 1) {
    const shorter = parts.slice(0, count).join('-')
    const found = offered.find((language) => language.toLowerCase() === shorter)
    if (found !== undefined) return found
  }
  return undefined
}
