const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Control characters, line and paragraph separators and invisible format characters, among them
 * those that change the direction of text. The two joiners of names and emoji are excepted.
 */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/**
 * Escapes characters that a terminal would obey or hide, as ` ` or `\u001b`. A text without them
 * stays as it is, and JSON stays the same JSON.
 */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (character) => short[character] ?? escapeUnits(character))
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
