import { once } from 'node:events'
import { createServer } from 'node:net'
import { generateKey, toPrivateJwk } from '@pockitflyer/auth/admin'
import { findFreePort } from '@pockitflyer/server/testing'
import { expect, onTestFinished, test } from 'vitest'
import { secret, spawnStack } from './stack.ts'

test('production does not start without its settings, and names all of them', async () => {
  const { process: child, output } = await spawnStack({})
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(output()).toContain('DATABASE_URL is missing')
  expect(output()).toContain('SECRET_KEY is missing')
})

test.each(['PORT', 'WEB_PORT', 'FLYERS_PORT'])(
  'a variable of Kubernetes in %s is named, with the fix',
  async (name) => {
    const { process: child, output } = await spawnStack({ [name]: 'tcp://10.0.0.1:8000' })
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output()).toContain(`${name} is the address of a Kubernetes Service`)
    expect(output()).toContain('enableServiceLinks: false')
  },
)

test('a taken port is named with its setting before anything starts', async () => {
  const port = await findFreePort()
  const stranger = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void stranger.close())
  await once(stranger, 'listening')
  const { process: child, output } = await spawnStack({
    DATABASE_URL: 'postgres://a@127.0.0.1:9/b',
    SECRET_KEY: secret,
    WEB_PORT: String(port),
  })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(output()).toMatch(
    new RegExp(`^another program has WEB_PORT=${port} at 127\\.0\\.0\\.1 .*, or set WEB_PORT\\.\n$`),
  )
})

test('the flyers service gets no role of the account service', async () => {
  const keys = { SIGNING_KEY: JSON.stringify(toPrivateJwk(generateKey('EdDSA'))) }
  const DATABASE_URL = 'postgres://accounts:secret@db.example/pockitflyer'
  for (const FLYERS_DATABASE_URL of [
    DATABASE_URL,
    'postgres://accounts@db.example:5432/flyers',
    'postgresql://db.example/flyers?user=accounts',
    'postgres://%61ccounts:other@db.example/pockitflyer',
  ]) {
    const { process: child, output } = await spawnStack({ ...keys, DATABASE_URL, FLYERS_DATABASE_URL })
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output()).toContain('FLYERS_DATABASE_URL has the role of DATABASE_URL')
    expect(output()).not.toContain('secret')
  }
})
