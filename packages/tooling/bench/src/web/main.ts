import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { readMachine } from '../machine.ts'
import { measureWeb } from './measure.ts'
import { renderWebRates, renderWebReport, renderWebTargets } from './report.ts'

/** `pnpm bench:web`: measures the web app beside an empty page of Next.js and writes the report. */
const { quick } = new Command('bench:web')
  .description('Measures the web app beside an empty page of Next.js.')
  .option('--quick', 'end in about a minute; the figures are rough and the report is not written', false)
  .parse()
  .opts<{ quick: boolean }>()

const plan = quick
  ? { seconds: 1, rounds: 1, memorySeconds: 5 }
  : { seconds: 5, rounds: 7, memorySeconds: 30 }
const machine = readMachine()
const results = await measureWeb(plan, (text) => process.stderr.write(`${text}\n`))
process.stdout.write(`${renderWebTargets(results)}\n\n${renderWebRates(results)}\n`)
if (!quick) {
  const file = join(import.meta.dirname, '../../../../../apps/docs/measured/web.md')
  await writeFile(file, renderWebReport(results, plan, machine))
  process.stdout.write(`\nThe report is ${file}.\n`)
}
