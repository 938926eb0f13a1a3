import type { ReactNode } from 'react'

/**
 * The notice board behind a page, with flyers on it: by day, or in the dark by the light of a
 * string of bulbs. Decoration: a picture of the style sheet, so that no page carries its shapes.
 */
export function Board(): ReactNode {
  return <div aria-hidden="true" className="board" />
}
