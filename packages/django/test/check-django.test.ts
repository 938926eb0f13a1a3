import { randomUUID } from 'node:crypto'
import { addUser, createTokenProbe, keySettings, setPassword } from '@pockitflyer/auth/admin'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { checkDjango } from '../src/index.ts'
import { type DjangoService, hasDjango, startDjango } from './support/django-service.ts'
import { operator } from './support/settings.ts'
import { createWayBack, type WayBack } from './support/way-back.ts'

const secretKey = `a secret of both sides ${randomUUID()}`
const password = 'seven ferries at noon'

describe.skipIf(!hasDjango)('beside a real Django (skipped where it is not installed)', () => {
  let back: WayBack
  let service: DjangoService
  beforeAll(async () => {
    back = await createWayBack(
      'service-3.2',
      `insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
       values (1, '!', false, 'ada@example.com', true, false, now())`,
    )
    await back.start()
    service = await startDjango(back.django.url, secretKey)
  })
  afterAll(async () => {
    await service?.stop()
    await back?.close()
  })

  const check = async (env: Record<string, string>, url = service.url) =>
    checkDjango(back.source, {
      url,
      passwords: back.admin.passwords,
      tokens: await createTokenProbe(keySettings.parse(env)),
    })

  const logIn = async (email: string) => {
    const answer = await fetch(`${service.url}/api/users/login/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    return answer.status
  }

  test('users log in to Django with the passwords that they have here', async () => {
    await setPassword(back.admin, operator, { userId: 1, password })
    await addUser(back.admin, operator, { email: 'new@example.com', password, is_active: true })
    await back.drain()
    expect([await logIn('ada@example.com'), await logIn('new@example.com')]).toEqual([200, 200])
  })

  test('a Django that reads hashes and tokens passes, and keeps no probe', async () => {
    await check({ SECRET_KEY: secretKey })
    expect(await back.read('select from users_customuser where id < 1')).toEqual([])
    expect(await back.read('select from token_blacklist_outstandingtoken where user_id < 1')).toEqual([])
  })

  test('a Django that cannot read argon2 is told which lines it needs', async () => {
    const other = await startDjango(back.django.url, secretKey, { readsArgon2: false })
    onTestFinished(other.stop)
    await expect(check({ SECRET_KEY: secretKey }, other.url)).rejects.toThrow('pip install argon2-cffi')
  })

  test('a Django with another key is refused', async () => {
    await expect(check({ SECRET_KEY: `another ${secretKey}` })).rejects.toThrow(
      'do not accept the tokens of each other',
    )
  })

  test('a Django that does not answer is refused', async () => {
    await expect(check({ SECRET_KEY: secretKey }, 'http://127.0.0.1:1')).rejects.toThrow('cannot be reached')
  })
})
