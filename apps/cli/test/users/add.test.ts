import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const add = (email: string, ...options: string[]) => ['users', 'add', email, '--password-stdin', ...options]

test('an added user can log in, and the audit names this tool', async () => {
  const finished = await service.run(add('Ada@example.com'), 'correct horse\n')
  const user = await service.findUser('Ada@example.com')
  expect(finished).toEqual({ code: 0, stdout: `Added user ${user?.id}, Ada@example.com.\n`, stderr: '' })
  expect(user).toMatchObject({ is_active: true, display_name: 'Anonymous User', bio: '' })
  expect(await service.canLogIn('ada@example.com', 'correct horse')).toBe(true)
  expect(await service.eventsOf(user?.id ?? 0)).toEqual([
    { kind: 'user_added', ip: null, user_agent: 'auth-cli' },
  ])
})

test('every detail that was given is stored, and --inactive forbids the login', async () => {
  const options = ['--display-name', ' Grace Hopper ', '--bio', ' ships\nand bugs ', '--inactive']
  expect(await service.run(add('grace@example.com', ...options), 'correct horse')).toMatchObject({ code: 0 })
  expect(await service.findUser('grace@example.com')).toMatchObject({
    is_active: false,
    display_name: 'Grace Hopper',
    bio: ' ships\nand bugs ',
  })
  expect(await service.canLogIn('grace@example.com', 'correct horse')).toBe(false)
})

test('--json prints one document with the id, and nothing else', async () => {
  const { code, stdout, stderr } = await service.run(add('json@example.com', '--json'), 'correct horse')
  const user = await service.findUser('json@example.com')
  expect([code, JSON.parse(stdout), stderr]).toEqual([0, { id: user?.id, email: 'json@example.com' }, ''])
})

test.each([
  ['spaces', '  two spaces  ', '  two spaces  '],
  ['one newline', 'correct horse\n', 'correct horse'],
  ['one Windows newline', 'correct horse\r\n', 'correct horse'],
  ['two newlines', 'correct horse\n\n', 'correct horse\n'],
  ['a lone carriage return', 'correct horse\r', 'correct horse\r'],
  ['a byte order mark', '\ufeffcorrect horse', '\ufeffcorrect horse'],
])('a password with %s at its ends loses one newline only', async (name, stdin, kept) => {
  const email = `${name.replaceAll(' ', '-')}@example.com`
  expect(await service.run(add(email), stdin)).toMatchObject({ code: 0 })
  expect(await service.canLogIn(email, kept)).toBe(true)
  const others = [kept.trim(), kept.trimEnd(), `${kept}\n`, stdin].filter((other) => other !== kept)
  for (const other of others) expect([other, await service.canLogIn(email, other)]).toEqual([other, false])
})

test('a taken email, in any case, is refused and changes nothing', async () => {
  await service.addUser('taken@example.com', 'the first password')
  expect(await service.run(add('TAKEN@example.com', '--json'), 'another password')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: This cannot be accepted:\n  email: A user with that email already exists.\n',
  })
  expect(await service.canLogIn('taken@example.com', 'the first password')).toBe(true)
})

test('all mistakes are reported at once, each by its field', async () => {
  const { code, stdout, stderr } = await service.run(
    add('ada', '--display-name', 'x'.repeat(101), '--bio', 'x'.repeat(2001)),
    'short',
  )
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr.split('\n')).toEqual([
    'error: This cannot be accepted:',
    '  email: Enter a valid email address.',
    '  password: This password is too short. It must contain at least 8 characters.',
    '  password: This password is too common.',
    '  display-name: Ensure this field has no more than 100 characters.',
    '  bio: Ensure this field has no more than 2000 characters.',
    '',
  ])
})

test.each([
  ['empty', '', 'may not be blank'],
  ['too long', 'x'.repeat(1_000_000), 'no more than 1024 bytes'],
  ['not UTF-8', Buffer.from([0xff, 0xfe, ...Buffer.from('password')]), 'must be UTF-8'],
])('a password that is %s is refused, never mended', async (_, stdin, reason) => {
  const { code, stderr } = await service.run(add('mended@example.com'), stdin)
  expect([code, stderr]).toEqual([1, expect.stringContaining(reason)])
  expect(await service.findUser('mended@example.com')).toBeUndefined()
})

test('without a terminal or --password-stdin it fails at once', async () => {
  const { code, stdout, stderr } = await service.run(['users', 'add', 'nobody@example.com'])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('There is no terminal to ask for the password at')
})

test('a password is never an argument', async () => {
  for (const args of [['--password', 'x'], ['--password=x'], ['--password-stdin', 'correct horse']]) {
    expect(await service.run(['users', 'add', 'argument@example.com', ...args], '')).toMatchObject({
      code: 2,
    })
  }
})
