import { format } from './table.ts'

/** One bar of a chart. */
export interface Bar {
  label: string
  value: number
  /** A line across the bar: the target. */
  mark?: number
}

const rowHeight = 26
const labelWidth = 320
const barWidth = 380

/**
 * Renders a chart of horizontal bars as SVG, with the value after each. It suits light and dark
 * pages.
 */
export function renderBars(title: string, bars: Bar[]): string {
  const most = Math.max(...bars.flatMap(({ value, mark = 0 }) => [value, mark])) || 1
  const scale = (value: number) => Math.round((value / most) * barWidth)
  const height = 40 + bars.length * rowHeight
  const rows = bars.map(({ label, value, mark }, index) => {
    const y = 36 + index * rowHeight
    return [
      `<text x="${labelWidth - 8}" y="${y + 14}" text-anchor="end">${escape(label)}</text>`,
      `<rect x="${labelWidth}" y="${y}" width="${scale(value)}" height="18" rx="2" fill="#4f7cac"/>`,
      `<text x="${labelWidth + scale(value) + 6}" y="${y + 14}">${format(value)}</text>`,
      mark === undefined
        ? ''
        : `<rect x="${labelWidth + scale(mark)}" y="${y - 3}" width="2" height="24" fill="#c8553d"/>`,
    ].join('')
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 ${height}" width="780" height="${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    '<style>text { font: 13px system-ui, sans-serif; fill: #333 } @media (prefers-color-scheme: dark) { text { fill: #ddd } }</style>',
    `<text x="8" y="20" font-weight="600">${escape(title)}</text>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
