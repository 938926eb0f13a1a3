import { connect } from '@pockitflyer/auth'
import { connectSource, importSource, inspectSource, mapping, openPostgresSource } from '../../src/index.ts'
import { operator, passwords } from './settings.ts'

const [, , djangoUrl = '', url = ''] = process.argv
const source = connectSource(djangoUrl)
const db = connect({ url })
const names = mapping.parse({})
const opened = await openPostgresSource(source, { url: djangoUrl, mapping: names })
const onProgress = ({ step, done }: { step: string; done: number }) =>
  process.send?.({ users: step === 'users' ? done : 0, mib: Math.round(process.memoryUsage().rss / 2 ** 20) })
const inspection = await inspectSource({ db }, operator, {
  source: opened,
  mapping: names,
  passwords,
  onProgress,
})
await importSource({ db }, operator, { source: opened, inspection, onProgress })
await Promise.all([source.destroy(), db.destroy()])
process.disconnect?.()
