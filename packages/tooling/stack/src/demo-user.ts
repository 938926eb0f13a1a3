import { addUser, type Auth, listUsers } from '@pockitflyer/auth'

/** Whom a stranger logs in as on the first run. For development alone: the password is public. */
export const demoUser = { email: 'test@example.com', password: 'TestPass123!' }

/** Adds the demo user when there is no user at all. Tells whether the demo login exists. */
export async function addDemoUser(auth: Auth): Promise<boolean> {
  const [first] = await listUsers(auth.db, { afterId: 0, limit: 1 })
  if (first !== undefined) return first.email === demoUser.email
  await addUser(auth, { ...demoUser, is_active: true }, { ip: null, userAgent: 'dev' })
  return true
}
