import { cutLine, displayWidth } from './display-width.ts'
import { escapeControls } from './escape.ts'

/** Formats rows of cells as aligned lines. */
export type Table = (rows: readonly string[][]) => string[]

/**
 * Creates a table that is printed page by page. The first call adds the header. A column never gets
 * narrower, so only a page with a wider cell than all before moves the columns. A line that is
 * wider than `columns` of the terminal is cut off.
 */
export function createTable(header: string[], columns?: number): Table {
  let widths = header.map(() => 0)
  let top = [header]
  return (rows) => {
    const lines = [...top, ...rows.map((cells) => cells.map(escapeControls))]
    top = []
    for (const cells of lines) widths = cells.map((cell, i) => Math.max(widths[i] ?? 0, displayWidth(cell)))
    return lines
      .map((cells) =>
        cells
          .map((cell, i) => pad(cell, widths[i] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      .map((line) => cutLine(line, columns))
  }
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - displayWidth(cell))
}
