import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { addAccountWithHash, createService, openDatabase } from '../support/harness.ts'

/** A Python with Django, argon2-cffi and bcrypt. */
const python = process.env['DJANGO_PYTHON'] ?? 'python3'

const count = 500

test('500 accounts of Django log in, each with its password alone', async () => {
  const { db } = await openDatabase()
  const service = await createService(db)
  const script = fileURLToPath(new URL('make-django-hashes.py', import.meta.url))
  const made = execFileSync(python, [script, String(count)], { encoding: 'utf8' })
  const accounts = z.array(z.tuple([z.string(), z.string()])).parse(JSON.parse(made))
  expect(accounts).toHaveLength(count)
  for (const [password, hash] of accounts) {
    const { email } = await addAccountWithHash(db, hash)
    const wrong = await service.login(email, `?${password}`)
    const right = await service.login(email, password)
    expect([hash, wrong.status, right.status]).toEqual([hash, 401, 200])
  }
}, 600_000)
