import { join } from 'node:path'
import { Command } from 'commander'
import { fullPlan, quickPlan } from './plan.ts'
import { renderRates, renderTargets } from './report/tables.ts'
import { writeReport } from './report/write.ts'
import { run } from './run.ts'

/** `pnpm bench`: measures and writes the report. */
const options = new Command('bench')
  .description('Measures the service against what the machine allows.')
  .option('--quick', 'end in about a minute; the figures are rough and the report is not written', false)
  .option('--out <folder>', 'where the report goes; without it, apps/docs/measured of a full run')
  .parse()
  .opts<{ quick: boolean; out?: string }>()

const results = await run({
  plan: options.quick ? quickPlan : fullPlan,
  say: (text) => process.stderr.write(`${text}\n`),
})
process.stdout.write(`${renderRates(results)}\n\n${renderTargets(results)}\n`)

const usual = options.quick ? undefined : join(import.meta.dirname, '../../../../apps/docs/measured')
const folder = options.out ?? usual
if (folder !== undefined) {
  await writeReport(folder, results)
  process.stdout.write(`\nThe report is in ${folder}.\n`)
}
