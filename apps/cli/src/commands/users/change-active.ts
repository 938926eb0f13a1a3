import { setActive } from '@pockitflyer/auth/admin'
import { type Cli, operator } from '../../cli.ts'
import { getUser } from '../../database/get-user.ts'
import { withDatabase } from '../../database/with-database.ts'
import type { JsonOption } from '../add-command.ts'

/** Disables or enables a user, and prints whether that changed anything. */
export async function changeActive(
  cli: Cli,
  wantedEmail: string,
  { isActive, json }: JsonOption & { isActive: boolean },
): Promise<void> {
  const { id, email, changed } = await withDatabase(cli, async (admin) => {
    const user = await getUser(admin, wantedEmail)
    return { ...user, changed: await setActive(admin, operator, { userId: user.id, isActive }) }
  })
  if (json) return cli.stdout.print([JSON.stringify({ id, email, is_active: isActive, changed })])
  const state = isActive ? 'enabled' : 'disabled'
  return cli.stdout.print([changed ? `${email} is ${state} now.` : `${email} was ${state} already.`])
}
