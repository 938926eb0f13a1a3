import { displayWidth } from './display-width.ts'
import { escapeControls } from './escape.ts'

/** Turns rows of cells into aligned lines. */
export type Table = (rows: readonly string[][]) => string[]

/**
 * Makes a table that is printed page by page: the first call puts the header on top, and a column
 * never gets narrower from page to page, so that only a page with a wider cell than all before it
 * moves the columns.
 */
export function createTable(header: string[]): Table {
  let widths = header.map(() => 0)
  let top = [header]
  return (rows) => {
    const lines = [...top, ...rows.map((cells) => cells.map(escapeControls))]
    top = []
    for (const cells of lines) widths = cells.map((cell, i) => Math.max(widths[i] ?? 0, displayWidth(cell)))
    return lines.map((cells) =>
      cells
        .map((cell, i) => pad(cell, widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  }
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - displayWidth(cell))
}
