import { makeResetLink } from '@pockitflyer/auth/admin'
import { deriveMailKeySettings, mailerSettingFields } from '@pockitflyer/auth/mails'
import { readSettings } from '@pockitflyer/server/settings'
import type { Command } from 'commander'
import { z } from 'zod'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import { Failure } from '../../failure.ts'
import { toSeconds } from '../../output/time.ts'
import { addCommand, type JsonOption } from '../add-command.ts'

/** How long the link works, in seconds: an hour, as one that is mailed. */
const lifetimeSeconds = 3600

/** Adds `auth users reset-link`. */
export function addResetLinkCommand(users: Command, cli: Cli): void {
  addCommand(users, {
    signature: 'reset-link <email>',
    summary: 'print a link and a code with which a user chooses another password',
    description:
      'Prints a link and a code, for a person whom you know and can hand both to. Whoever has them owns the account.\n' +
      'The link works for an hour, the code for ten minutes; the password stays until another is chosen.\n' +
      'With --json: {"id", "email", "url", "code", "expires_at"}.',
    examples: ['pnpm auth users reset-link ada@example.com'],
    settings: ['DATABASE_URL', 'PUBLIC_URL', 'MAIL_KEY', 'SECRET_KEY', 'SIGNING_KEY'],
  }).action((email: string, options: JsonOption) => print(cli, email, options))
}

async function print(cli: Cli, wantedEmail: string, { json }: JsonOption): Promise<void> {
  const [origin, key] = [readOrigin(cli), readMailKey(cli)]
  const { id, email, made } = await withDatabase(cli, async (admin) => {
    const user = await getUser(admin, wantedEmail)
    const made = await makeResetLink(admin, operator, { userId: user.id, keys: [key], lifetimeSeconds })
    return { ...user, made }
  })
  if (made === undefined)
    throw new Failure(`${email} is disabled, or the same link went out three times within the hour.`)
  const { link, code, expiresAt } = made
  const url = `${origin}/reset-password?t=${link}`
  if (json) return cli.stdout.print([JSON.stringify({ id, email, url, code, expires_at: expiresAt })])
  return cli.stdout.print([
    url,
    `The page asks for the code ${code}. The link works until ${toSeconds(expiresAt)}.`,
  ])
}

function readOrigin({ environment }: Cli): string {
  const { PUBLIC_URL: url, NODE_ENV } = environment
  if (url === undefined && NODE_ENV !== 'production') return 'http://localhost:3000'
  if (url === undefined || !URL.canParse(url))
    throw new Failure(
      'PUBLIC_URL must be the origin of the web app, for example https://accounts.example.com',
    )
  return new URL(url).origin
}

const mailKeySettings = z.object({ MAIL_KEY: mailerSettingFields.MAIL_KEY })

/** Returns the key that the worker makes links with. */
function readMailKey(cli: Cli): Buffer {
  const { MAIL_KEY: own } = readSettings(mailKeySettings, cli.environment)
  if (own !== undefined) return Buffer.from(own)
  const keys = cli.readKeySettings()
  if (keys.signingKey === undefined && keys.secretKey === undefined)
    throw new Failure('There is neither MAIL_KEY, SIGNING_KEY nor SECRET_KEY: set those of the API.')
  return Buffer.from(deriveMailKeySettings(keys).MAIL_KEY)
}
