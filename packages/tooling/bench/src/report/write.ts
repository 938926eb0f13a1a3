import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Results } from '../run.ts'
import { renderCharts } from './charts.ts'
import { renderReport } from './report.ts'
import { renderScale } from './scale.ts'

/** Writes the report, its charts and its figures to a folder, which is created if absent. */
export async function writeReport(folder: string, results: Results): Promise<void> {
  const files = {
    'bench.md': renderReport(results),
    'scale.md': renderScale(results),
    'results.json': `${JSON.stringify(results, null, 2)}\n`,
    ...renderCharts(results),
  }
  await mkdir(folder, { recursive: true })
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)))
}
