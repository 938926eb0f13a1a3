import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { descendantsOf, until } from './dev-process.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const page = readFileSync(`${repository}apps/docs/deployment.md`, 'utf8')

/** The command that the page gives to a supervisor for the API, as its words. */
const command = /^NODE_ENV=production (node_modules\/\.bin\/node .*apps\/api\/src\/main\.ts)$/m.exec(
  page,
)?.[1]

/** A PID namespace of its own, as a container has: the command is process 1 in it. */
const container = ['unshare', '--pid', '--fork', '--mount-proc']
const canContain = spawnSync(container[0] ?? '', [...container.slice(1), 'true']).status === 0

const port = '18030'
const answers = () =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )

test.each([
  ['as it stands', [], true],
  ['as process 1', container, canContain],
] as const)('SIGTERM to the documented command frees its port: %s', async (_, around, canRun) => {
  if (!canRun) return
  const [program = '', ...args] = [...around, ...(command ?? '').split(' ')]
  const child = spawn(program, args, {
    cwd: repository,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: port,
      SECRET_KEY: 'a secret of the test that is long enough for HS256',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
    },
    stdio: 'ignore',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await until(answers, `the API did not start: ${command}`)
  const [inner] = descendantsOf(child.pid ?? 0)
  const ended = once(child, 'exit')
  process.kill(inner?.pid ?? child.pid ?? 0, 'SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(await answers()).toBe(false)
})
