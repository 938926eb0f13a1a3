import { execFileSync } from 'node:child_process'
import { readSettings } from '@pockitflyer/auth'
import { adminSettings, createPasswords } from '@pockitflyer/auth/admin'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { toDjangoHash } from '../src/index.ts'
import { hasDjango, python } from './support/django-service.ts'

const script = `
import json, sys, django
from django.conf import settings
settings.configure(PASSWORD_HASHERS=[f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("PBKDF2", "Argon2")])
django.setup()
from django.contrib.auth.hashers import check_password, identify_hasher
password, stored = json.load(sys.stdin)
print(json.dumps([identify_hasher(stored).algorithm, check_password(password, stored), check_password(password + "x", stored)]))
`

const samples = ['seven ferries at noon', ' pässwörd ☃ with spaces ', 'x'.repeat(100)]

describe.skipIf(!hasDjango)('by a real Django (skipped where it is not installed)', () => {
  test.each(samples)('check_password accepts an exported hash of %j alone', async (password) => {
    const { passwords } = readSettings(adminSettings, {})
    const stored = toDjangoHash(await createPasswords(passwords).hash(password))
    const said = execFileSync(python ?? '', ['-c', script], {
      input: JSON.stringify([password, stored]),
      encoding: 'utf8',
    })
    expect(z.unknown().parse(JSON.parse(said))).toEqual(['argon2', true, false])
  })
})

test('a hash that came from Django goes back as it was', () => {
  for (const stored of ['pbkdf2_sha256$1000$salt$hash', 'argon2$argon2id$v=19$m=8,t=1,p=1$c2Fs$aGFzaA', '!x'])
    expect(toDjangoHash(stored)).toBe(stored)
})
