import { type Admin, createTokenProbe } from '@pockitflyer/auth/admin'
import {
  argon2Lines,
  checkDjango,
  type FollowedSource,
  SourceError,
  switchToDjango,
  toDjangoHash,
} from '@pockitflyer/django'
import { type Cli, operator } from '../../cli.ts'
import { UsageError } from '../../failure.ts'
import type { JsonOption } from '../add-command.ts'

/** The options of a switch to Django. */
export interface ToDjangoOptions {
  djangoUrl?: string
  confirmArgon2?: boolean
}

/**
 * Makes Django the leader, once it is known to read the hashes and tokens of this service.
 * @throws {SourceError} it cannot, or that is not known
 */
export async function switchBack(
  cli: Cli,
  options: ToDjangoOptions & JsonOption,
  { admin, source }: { admin: Admin; source: FollowedSource },
): Promise<void> {
  await assertReadable(cli, options, { admin, source })
  const { users } = await switchToDjango(admin, operator, source)
  if (options.json) return cli.stdout.print([JSON.stringify({ users: users.here })])
  return cli.stdout.print([
    `Django leads now. ${users.here} users are the same on both sides.`,
    'What is left to do:',
    '  Send all requests for accounts to Django: change the proxy.',
    '  Follow Django, so that the way here stays open: pnpm auth django follow --source …',
  ])
}

async function assertReadable(
  cli: Cli,
  { djangoUrl, confirmArgon2 }: ToDjangoOptions,
  { admin, source }: { admin: Admin; source: FollowedSource },
): Promise<void> {
  const keys = cli.readKeySettings()
  if (djangoUrl !== undefined) {
    if (!URL.canParse(djangoUrl)) throw new UsageError('--django-url must be a URL: https://django.example')
    if (keys.secretKey === undefined && keys.signingKey === undefined)
      throw new UsageError('Set SECRET_KEY or SIGNING_KEY as the servers have it: the check signs a token.')
    const tokens = await createTokenProbe(keys)
    return checkDjango(source, { url: djangoUrl, passwords: admin.passwords, tokens })
  }
  if (keys.signingKey !== undefined)
    throw new SourceError(
      'SIGNING_KEY is set: a Django with SECRET_KEY alone cannot verify such tokens. Name a running Django with --django-url.',
    )
  if (!confirmArgon2) throw new SourceError(await explainCheck(admin))
}

async function explainCheck({ passwords }: Admin): Promise<string> {
  const hash = toDjangoHash(await passwords.hash('probe'))
  const check = `from django.contrib.auth.hashers import check_password; print(check_password("probe", "${hash}"))`
  return [
    'Can that Django read the argon2 hashes of this service? Name a running one with --django-url: it is asked.',
    'Or run this there, and add --confirm-argon2 once it prints True:',
    `  python manage.py shell -c '${check}'`,
    'If it prints False, it needs:',
    ...argon2Lines,
  ].join('\n')
}
