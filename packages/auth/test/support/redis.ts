import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient } from '@redis/client'
import { afterAll } from 'vitest'

/**
 * Starts Redis for this test file, on a socket of its own. `undefined` without Debian's package
 * redis-server.
 */
export async function openRedis() {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    process.stdout.write('redis-server is not installed: its tests are skipped\n')
    return undefined
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'redis-'))
  const socket = path.join(folder, 'socket')
  const server = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', ''], {
    cwd: folder,
    stdio: 'ignore',
  })
  const client = createClient({ socket: { path: socket, tls: false } })
  client.on('error', () => {}) // It tries again until the server listens.
  await client.connect()
  afterAll(async () => {
    client.destroy()
    server.kill('SIGKILL')
    await once(server, 'exit')
    await rm(folder, { recursive: true })
  })
  return client
}
