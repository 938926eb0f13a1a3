import { expect, test } from 'vitest'
import { openDatabase } from '../database.ts'
import { startProcess } from '../processes.ts'

const database = await openDatabase()

/** Preloaded into the API: lets a test throw where nothing catches, in a timer or in a promise. */
const thrower = `data:text/javascript,${encodeURIComponent(`
  const fail = () => { throw Object.assign(new RangeError('a secret of a user'), { code: 'E_TEST' }) }
  process.on('SIGUSR2', () => setTimeout(fail))
  process.on('SIGWINCH', () => void Promise.resolve().then(fail))
`)}`

test.each(['SIGUSR2', 'SIGWINCH'] as const)(
  'after an uncaught error open requests are answered, then it ends: %s',
  async (signal) => {
    const api = await startProcess(database.url, { NODE_OPTIONS: `--import=${thrower}` })
    const { id, email } = await database.addUser()
    const answer = await database.whileUserIsLocked(id, async () => {
      const change = fetch(`${api.url}/api/users/login/`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email, password: 'TestPass123!' }),
      })
      await database.waitForLockWait()
      process.kill(api.pid, signal)
      await expect.poll(api.output).toContain('an error that nothing caught ends the process')
      return [change]
    })
    expect((await answer[0])?.status).toBe(200)
    await expect
      .poll(() =>
        fetch(`${api.url}/healthz`).then(
          () => 'there',
          () => 'gone',
        ),
      )
      .toBe('gone')
    expect(await api.kill('SIGTERM')).toBe(1)
    const line = api
      .output()
      .split('\n')
      .find((text) => text.includes('"level":60'))
    expect(line).toContain('"type":"RangeError"')
    expect(line).toContain('"code":"E_TEST"')
    expect(api.output()).not.toContain('a secret of a user')
  },
)
