import { connect } from '@pockitflyer/auth'
import { asOnlyFollower } from '@pockitflyer/auth/admin'
import {
  applyChanges,
  connectSource,
  exportBatch,
  mapping,
  openPostgresSource,
  startExporting,
  startFollowing,
  switchToAccounts,
  switchToDjango,
} from '../../src/index.ts'
import { operator, passwords } from './settings.ts'

/** Runs the commands that it is sent by name, and answers with the error, or null. */
const [, , djangoUrl = '', url = ''] = process.argv
const applicationName = `leader-process-${process.pid}`
const reader = connectSource(`${djangoUrl}?application_name=${applicationName}`)
const db = connect({ url: `${url}?application_name=${applicationName}` })
const names = mapping.parse({})
const source = await openPostgresSource(reader, { url: djangoUrl, mapping: names })
const onProgress = () => {}

const commands: Record<string, () => Promise<unknown>> = {
  follow: () =>
    asOnlyFollower({ db }, async (admin) => {
      await startFollowing(admin, operator, { source, mapping: names, passwords, onProgress })
      while ((await applyChanges(admin, operator, source)) > 0);
    }),
  export: () =>
    asOnlyFollower({ db }, async (admin) => {
      await startExporting(admin, operator, { source, onProgress })
      while ((await exportBatch(admin, operator, source)) > 0);
    }),
  'switch to accounts': () => switchToAccounts({ db }, operator, source),
  'switch to django': () => switchToDjango({ db }, operator, source),
}

process.on('message', async (name) => {
  const error = await commands[String(name)]?.().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  process.send?.({ error })
})
process.on('disconnect', () => process.exit())
process.send?.({ error: null })
