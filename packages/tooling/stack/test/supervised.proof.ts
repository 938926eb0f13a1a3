import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@pockitflyer/server/testing'
import { expect, onTestFinished, test } from 'vitest'
import { descendantsOf, isAlive, until } from './dev-process.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const page = readFileSync(`${repository}apps/docs/deployment.md`, 'utf8')

/** The commands that the page gives to a supervisor, as their words. */
const commands = Array.from(
  page.matchAll(
    /^NODE_ENV=production (node_modules\/\.bin\/node .*apps\/(\w+)\/(?:src\/\w+\.ts|dist\/\w+\.js))$/gm,
  ),
  ([, command = '', name = '']) => ({ name, words: command.split(' ') }),
)

/** A PID namespace of its own, as a container has: the command is process 1 in it. */
const container = ['unshare', '--pid', '--fork', '--mount-proc']
const canContain = spawnSync(container[0] ?? '', [...container.slice(1), 'true']).status === 0

const portSettings: Record<string, string> = { web: 'WEB_PORT', worker: 'WORKER_PORT' }

/** Starts a documented command, and waits until it answers. */
async function start(name: string, [program = '', ...args]: string[]) {
  const port = String(await findFreePort())
  const child = spawn(program, args, {
    cwd: repository,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      [portSettings[name] ?? 'PORT']: port,
      SECRET_KEY: 'a secret of the test that is long enough for HS256',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
      FLYERS_DATABASE_URL: 'postgres://flyers@127.0.0.1:9/none',
    },
    stdio: 'ignore',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await until(answers, `${name} did not start`)
  return { pid: child.pid ?? 0, ended: once(child, 'exit'), answers }
}

test('each program has its command', () => {
  expect(commands.map(({ name }) => name).toSorted()).toEqual(['api', 'flyers', 'web', 'worker'])
})

test.each(commands)('SIGTERM to the documented command of $name frees its port', async ({ name, words }) => {
  const { pid, ended, answers } = await start(name, words)
  process.kill(pid, 'SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(await answers()).toBe(false)
})

test.each(commands)('SIGKILL of the documented command of $name leaves nothing', async ({ name, words }) => {
  const { pid, ended, answers } = await start(name, words)
  const children = descendantsOf(pid)
  process.kill(pid, 'SIGKILL')
  await ended
  await until(() => !children.some(isAlive), `something of ${name} is left`)
  expect(await answers()).toBe(false)
})

test.skipIf(!canContain)('SIGTERM to process 1 of a container frees its port', async () => {
  const words = commands.find(({ name }) => name === 'api')?.words ?? []
  const { pid, ended, answers } = await start('api', [...container, ...words])
  const [inner] = descendantsOf(pid)
  process.kill(inner?.pid ?? Number.NaN, 'SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(await answers()).toBe(false)
})
