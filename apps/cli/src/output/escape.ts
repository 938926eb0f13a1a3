const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Control characters, line and paragraph separators and invisible format characters (among them
 * those that turn the direction of text), except the two joiners that names and emoji are written
 * with.
 */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/**
 * Shows what a terminal would obey or hide as `\n` or `\u001b`. A text without such characters
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
