/** What a display name is before its user chooses one. */
const defaultName = 'Anonymous User'

const nameMaxLength = 50

/**
 * Returns a display name fit for a mail: on one line, without invisible characters, short, and with
 * its links broken. Spammers register with a URL as their name, and mail programs make a link of
 * it. `undefined`: there is no name.
 */
export function quoteName(name = ''): string | undefined {
  const text = name.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  if (text === '' || text === defaultName) return undefined
  return breakLinks(Array.from(text).slice(0, nameMaxLength).join(''))
}

/** Puts a space of no width before what makes a link of words: `a.b`, `a:b`, `a/b`, `a@b`. */
function breakLinks(text: string): string {
  return text.replaceAll(/(?<=\S)[.:/@](?=\S)/g, '\u200b$&')
}
