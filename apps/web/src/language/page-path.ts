/**
 * The request header with the path and query of the page, which the listener writes: Next.js tells
 * a server component neither.
 */
export const pagePathHeader = 'x-pf-page'

/** The field of the language form that says which page it was sent from. */
export const pageField = 'page'

/** The id of the language form, which stands in the footer. */
export const languageFormId = 'language'

/** The target of the language form. */
export const languagePath = '/session/language'

/**
 * Returns a page of this site, to go back to; `undefined` for another site. It parses as browsers
 * do, which read a backslash as a slash and two slashes as another host.
 */
export function findPagePath(page: string | undefined): string | undefined {
  const base = 'http://this.site'
  if (page === undefined || !URL.canParse(page, base)) return undefined
  const { origin, pathname, search } = new URL(page, base)
  return origin === base && !pathname.startsWith('//') ? pathname + search : undefined
}
