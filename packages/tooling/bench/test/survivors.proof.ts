import { readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startDatabaseServer } from '../src/data/database.ts'
import { startGenerator } from '../src/load/load.ts'
import { measure } from '../src/measure.ts'
import { apiProgram, startServer } from '../src/processes/server.ts'
import { survivorsFile } from '../src/processes/survivors-file.ts'

const users = 400
const sampler = fileURLToPath(import.meta.resolve('../src/processes/sample-survivors.ts'))

test('what a request allocates dies young', async () => {
  await using database = await startDatabaseServer()
  await using generator = startGenerator()
  const databaseUrl = await database.createDatabase(users)
  const { flags, program, env } = apiProgram(databaseUrl)
  await using server = await startServer([...flags, '--import', sampler, program], env)
  const file = survivorsFile(server.pid)
  onTestFinished(() => rm(file, { force: true }))
  // Compiled code stays, too: on a busy machine two seconds would not hide it.
  const load = async () => {
    let requests = 0
    while (requests < 10_000) {
      const bench = { generator, databasePid: database.pid }
      const target = { server, databaseUrl, users }
      requests += (await measure(bench, target, { call: 'me', seconds: 2, connections: 16 })).requests
    }
    return requests
  }

  await load()
  process.kill(server.pid, 'SIGUSR2')
  const requests = await load()
  process.kill(server.pid, 'SIGUSR2')

  const bytes = Number(await vi.waitFor(() => readFile(file, 'utf8'), { timeout: 20_000 }))
  // 1.4 kB of `me` are what the sixteen running requests hold. A set that changed with each one
  // made it 6 kB: they then lived until the next full collection.
  expect(bytes / requests).toBeLessThan(3500)
})
