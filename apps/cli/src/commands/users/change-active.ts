import { setActive } from '@pockitflyer/auth'
import { auditClient, type Cli } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import type { JsonOption } from '../add-command.ts'

/** Disables or enables a user, and prints whether that changed anything. */
export async function changeActive(
  cli: Cli,
  wantedEmail: string,
  { isActive, json }: JsonOption & { isActive: boolean },
): Promise<void> {
  const { id, email, changed } = await withDatabase(cli, async (db) => {
    const user = await getUser(db, wantedEmail)
    return { ...user, changed: await setActive({ db }, { userId: user.id, isActive }, auditClient) }
  })
  if (json) return cli.stdout.print([JSON.stringify({ id, email, is_active: isActive, changed })])
  const state = isActive ? 'enabled' : 'disabled'
  return cli.stdout.print([changed ? `${email} is ${state} now.` : `${email} was ${state} already.`])
}
