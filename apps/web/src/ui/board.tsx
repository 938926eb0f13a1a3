import type { ReactNode } from 'react'

/**
 * The notice board behind every page, with flyers on it. Decoration: a picture of the style sheet,
 * so that no page carries its shapes.
 */
export function Board(): ReactNode {
  return (
    <div
      aria-hidden="true"
      className="fixed inset-0 -z-10 bg-[url(../ui/board.svg)] bg-size-[100%_100%] dark:opacity-45"
    />
  )
}
