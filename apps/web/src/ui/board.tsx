import type { ReactNode } from 'react'

/**
 * The notice board behind a page, with flyers on it: by day, or in the dark by the light of a
 * string of bulbs. Decoration: pictures of the style sheet, so that no page carries their shapes,
 * and a browser loads the one that it shows.
 */
export function Board(): ReactNode {
  return <div aria-hidden="true" className="board fixed inset-0 -z-10 max-phone:hidden print:hidden" />
}
