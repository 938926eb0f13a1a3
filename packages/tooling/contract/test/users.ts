import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, createAdmin, adminSettings } from '@pockitflyer/auth/admin'

const nobody = { client: { ip: null, userAgent: null } }

/** The users that the cases were recorded with. In a fresh database their ids are 1, 2 and 3. */
const users = [
  { email: 'test@example.com', password: 'TestPass123!', is_active: true },
  { email: 'inactive@example.com', password: 'TestPass123!', is_active: false },
  {
    email: 'Mixed.Case@example.com',
    password: 'pässwörd ☃ with spaces ',
    display_name: 'Grace Hopper',
    bio: 'Zoë\n"quotes" <b>',
    is_active: true,
  },
]

/** Adds the users of the contract to a migrated database that has none. */
export async function addContractUsers(databaseUrl: string): Promise<void> {
  const db = connect({ url: databaseUrl })
  const admin = createAdmin(readSettings(adminSettings, {}), { db })
  for (const account of users) await addUser(admin, nobody, account)
  await db.destroy()
}
