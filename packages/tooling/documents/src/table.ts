/** Returns a table of Markdown. A pipe in a cell is escaped. */
export function renderTable(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Returns the text as code of Markdown. */
export const code = (text: string) => `\`${text}\``
