import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'

const main = join(import.meta.dirname, '../../../../apps/cli/src/main.ts')
const finding = z.object({ check: z.string(), text: z.string(), fix: z.string().nullable() })

/** Returns the findings of `auth doctor` about the database in this environment. */
export async function findDatabase(env: Record<string, string>): Promise<string> {
  const output = await new Promise<string>((resolve) => {
    const settings = { NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32), ...env }
    execFile(process.execPath, [main, 'doctor', '--json'], { env: settings }, (_, stdout) => resolve(stdout))
  })
  const findings = output
    .trim()
    .split('\n')
    .map((line) => finding.parse(JSON.parse(line)))
  const found = findings.find(({ check }) => check === 'database')
  return `${found?.text} ${found?.fix ?? ''}`
}
