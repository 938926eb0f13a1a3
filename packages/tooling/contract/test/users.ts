import { addUser, connect, createPasswords, passwordSettings, readSettings } from '@pockitflyer/auth'

const nobody = { ip: null, userAgent: null }

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
  const passwords = createPasswords(readSettings(passwordSettings, {}))
  for (const account of users) await addUser({ db, passwords }, account, nobody)
  await db.destroy()
}
