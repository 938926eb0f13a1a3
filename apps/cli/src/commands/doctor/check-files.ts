import { stat } from 'node:fs/promises'
import { found, type Finding, ok } from './finding.ts'

/** Checks whether other users of this machine can read files with secrets. Ignores absent files. */
export async function checkFiles(files: readonly string[]): Promise<Finding[]> {
  const findings = await Promise.all(files.map(checkFile))
  return findings.flat()
}

async function checkFile(file: string): Promise<Finding[]> {
  const stats = await stat(file).catch(() => undefined)
  if (stats === undefined) return []
  const mode = (stats.mode & 0o777).toString(8).padStart(3, '0')
  if ((stats.mode & 0o077) === 0) return [ok('files', `${file} is for its owner alone`)]
  const isOpenToAll = (stats.mode & 0o007) !== 0
  return [
    found(isOpenToAll ? 'error' : 'warning', 'files', [
      `${file} can be read or changed by ${isOpenToAll ? 'every user of this machine' : 'its group'} (mode ${mode})`,
      `chmod 600 '${file}'`,
    ]),
  ]
}
