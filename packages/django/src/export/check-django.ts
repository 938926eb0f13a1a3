import { pbkdf2Sync, randomBytes } from 'node:crypto'
import type { Admin, TokenProbe } from '@pockitflyer/auth/admin'
import { z } from 'zod'
import type { FollowedSource } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { probeUser } from './probe-user.ts'
import { toDjangoHash } from './to-django.ts'

/** A running Django, and what it must be able to read. */
export interface DjangoToCheck {
  /** Where it answers: `https://django.example`. */
  url: string
  passwords: Pick<Admin['passwords'], 'hash'>
  tokens: TokenProbe
}

/** What a Django needs to read the hashes of this service. */
export const argon2Lines = [
  '  pip install argon2-cffi',
  '  PASSWORD_HASHERS = [',
  '      "django.contrib.auth.hashers.PBKDF2PasswordHasher",',
  '      "django.contrib.auth.hashers.Argon2PasswordHasher",',
  '      # … and the hashers of your other hashes',
  '  ]',
]

/** How long Django may take to answer. */
const timeoutMs = 30_000

/**
 * Looks whether a running Django logs in a user with a hash of this service, and whether each side
 * verifies the tokens of the other. For the time of the check Django has a user for it, with a
 * random password, who is removed.
 * @throws {SourceError} it does not: with what to change there
 * @example
 * await checkDjango(source, { url: 'https://django.example', passwords: admin.passwords, tokens })
 */
export async function checkDjango(
  { writer }: FollowedSource,
  { url, passwords, tokens }: DjangoToCheck,
): Promise<void> {
  const password = randomBytes(24).toString('base64url')
  const ours = await tokens.sign(probeUser.id)
  const tryWith = (passwordHash: string) =>
    writer.withProbeUser(passwordHash, async () => ({
      ...(await logIn(url, password)),
      acceptsOurs:
        (await send(new URL(me, url), { headers: { Authorization: `Bearer ${ours}` } })).status === 200,
    }))
  const { access, acceptsOurs } = await tryWith(toDjangoHash(await passwords.hash(password)))
  if (access === undefined) {
    const control = await tryWith(pbkdf2(password))
    if (control.access === undefined)
      throw new SourceError(`No user can log in to the Django at ${url}: ${control.text}`)
    throw new SourceError(
      ['That Django cannot read the argon2 hashes of this service. It needs:', ...argon2Lines].join('\n'),
    )
  }
  if (!acceptsOurs || !(await tokens.accepts(access)))
    throw new SourceError(
      'That Django and this service do not accept the tokens of each other, and users would be logged out. Django needs ' +
        'the same SECRET_KEY, or a SIGNING_KEY, VERIFYING_KEY and ALGORITHM that match SIGNING_KEY here.',
    )
}

const [login, me] = ['/api/users/login/', '/api/users/me/']

const loggedIn = z.object({ access: z.string() })

async function logIn(url: string, password: string): Promise<{ access: string | undefined; text: string }> {
  const { status, text } = await send(new URL(login, url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: probeUser.email, password }),
  })
  const body = status === 200 ? loggedIn.safeParse(JSON.parse(text)) : undefined
  return { access: body?.data?.access, text: `${login} answered ${status} ${text.slice(0, 200)}` }
}

async function send(url: URL, request: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) })
    return { status: answer.status, text: await answer.text() }
  } catch (cause) {
    throw new SourceError(`The Django at ${url.origin} cannot be reached.`, { cause })
  }
}

/** A hash that every Django can read. */
function pbkdf2(password: string): string {
  const digest = pbkdf2Sync(password, 'probe', 1000, 32, 'sha256').toString('base64')
  return `pbkdf2_sha256$1000$probe$${digest}`
}
