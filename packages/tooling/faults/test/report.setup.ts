import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { renderReport, row } from '../src/report.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    rowsFolder: string
  }
}

/** Gathers the rows that the tests record, prints the report and, after the long form, keeps it. */
export default async function report(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'))
  project.provide('rowsFolder', folder)
  return async () => {
    const names = (await readdir(folder)).toSorted()
    const rows = await Promise.all(
      names.map(async (name) => row.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
    )
    await rm(folder, { recursive: true })
    const text = renderReport(rows)
    process.stdout.write(`\n${text}`)
    if (process.env['FAULTS'] === 'long') {
      await writeFile(
        join(import.meta.dirname, '../../../../apps/docs/measured/faults.md'),
        `# Faults under load\n\n${text}`,
      )
    }
  }
}
