const graphemes = new Intl.Segmenter()

/** East Asian wide characters (Unicode Annex 11, by block) and pictures. */
const wide =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u

/** Cuts a line off, with an ellipsis, where it takes more terminal columns than that. */
export function cutLine(line: string, columns = Infinity): string {
  if (displayWidth(line) <= columns) return line
  let [cut, width] = ['', 0]
  for (const { segment } of graphemes.segment(line)) {
    width += displayWidth(segment)
    if (width >= columns) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}

/** Returns the number of terminal columns that a text takes. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1
  return width
}
