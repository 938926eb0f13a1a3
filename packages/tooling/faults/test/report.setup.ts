import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { renderCitusFailovers, renderFailovers, renderReport, row } from '../src/report.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    rowsFolder: string
  }
}

/** Gathers the rows of the tests, prints the reports and, after the long form, keeps them. */
export default async function report(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'))
  project.provide('rowsFolder', folder)
  return async () => {
    const names = (await readdir(folder)).toSorted()
    const rows = await Promise.all(
      names.map(async (name) => row.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
    )
    await rm(folder, { recursive: true })
    const failovers = rows.filter(({ registrations }) => registrations !== undefined)
    const faults = rows.filter(({ registrations }) => registrations === undefined)
    if (faults.length > 0) await publish('faults.md', 'Faults under load', renderReport(faults))
    const [ofCitus, ofPatroni] = [true, false].map((is) => failovers.filter(({ isCitus }) => isCitus === is))
    if (ofPatroni?.length)
      await publish('failovers.md', 'Failovers of a Patroni cluster', renderFailovers(ofPatroni))
    if (ofCitus?.length)
      await publish('citus-failovers.md', 'Failovers of a cluster of Citus', renderCitusFailovers(ofCitus))
  }
}

/** Prints a table and, after the long form, keeps it as a page. */
async function publish(name: string, title: string, table: string): Promise<void> {
  process.stdout.write(`\n${table}`)
  if (process.env['FAULTS'] !== 'long') return
  const page = join(import.meta.dirname, '../../../../apps/docs/measured', name)
  await writeFile(page, `# ${title}\n\n${table}`)
}
