import { type Auth } from '@pockitflyer/auth'
import { addUser, demoEmail, listUsers } from '@pockitflyer/auth/admin'

/** The login for the first run. For development only: the password is public. */
export const demoUser = { email: demoEmail, password: 'TestPass123!' }

const caller = { client: { ip: null, userAgent: 'dev' } }

/** Adds the demo user to a database without users. Returns whether the demo login exists. */
export async function addDemoUser(auth: Auth): Promise<boolean> {
  const [first] = await listUsers(auth, caller, { afterId: 0, limit: 1 })
  if (first !== undefined) return first.email === demoUser.email
  await addUser(auth, caller, { ...demoUser, is_active: true })
  return true
}
