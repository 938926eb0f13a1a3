import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'
import { type Dialogue, hasTerminal, runAtTerminal } from './terminal.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const ask = (args: string[], dialogue: Dialogue) => runAtTerminal(args, { env: service.env, dialogue })

describe.skipIf(!hasTerminal)('at a terminal (skipped where util-linux has no script)', () => {
  test('the password is asked for twice and never shown', async () => {
    const { code, screen } = await ask(
      ['users', 'add', 'ada@example.com'],
      [
        ['New password for ada@example.com', ' secret horse \r'],
        ['The same password again', ' secret horse \r'],
      ],
    )
    expect([code, screen]).toEqual([0, expect.stringContaining('Added user')])
    expect(screen).not.toContain('secret')
    expect(await service.canLogIn('ada@example.com', ' secret horse ')).toBe(true)
  })

  test('a password that is too short is asked for again', async () => {
    await service.addUser('short@example.com')
    const { code, screen } = await ask(
      ['users', 'set-password', 'short@example.com'],
      [
        ['New password', 'short\r'],
        ['too short', 'er than most\r'],
        ['again', 'shorter than most\r'],
      ],
    )
    expect([code, screen]).toEqual([0, expect.stringContaining('has a new password now')])
    expect(await service.canLogIn('short@example.com', 'shorter than most')).toBe(true)
  })

  test('two passwords that differ change nothing', async () => {
    await service.addUser('differ@example.com', 'the old password')
    const { code, screen } = await ask(
      ['users', 'set-password', 'differ@example.com'],
      [
        ['New password', 'the new password\r'],
        ['again', 'the new passwort\r'],
      ],
    )
    expect([code, screen]).toEqual([1, expect.stringContaining('The two passwords differ.')])
    expect(await service.canLogIn('differ@example.com', 'the old password')).toBe(true)
  })

  test.each([
    ['Ctrl-C', 'secret\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s at the prompt breaks off with 130, quietly, and changes nothing', async (_, typed) => {
    const { code, screen } = await ask(['users', 'add', 'broken@example.com'], [['New password', typed]])
    expect(code).toBe(130)
    expect(screen).not.toMatch(/secret|error|\bat /i)
    expect(await service.findUser('broken@example.com')).toBeUndefined()
  })

  test('a bad email or unknown user is reported before any prompt', async () => {
    for (const args of [
      ['add', 'ada'],
      ['set-password', 'nobody@example.com'],
    ]) {
      const { code, screen } = await ask(['users', ...args], [])
      expect([code, screen]).toEqual([1, expect.not.stringContaining('New password')])
    }
  })

  test('--password-stdin is refused, since the terminal would show the password', async () => {
    const { code, screen } = await ask(['users', 'add', 'shown@example.com', '--password-stdin'], [])
    expect([code, screen]).toEqual([2, expect.stringContaining('Leave the option out to be asked.')])
  })
})
