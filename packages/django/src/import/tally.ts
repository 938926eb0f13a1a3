import {
  findHashState,
  type HashState,
  type ImportedUser,
  reachableEmail,
  toEmailKey,
} from '@pockitflyer/auth/admin'

export type HashSettings = Parameters<typeof findHashState>[1]

/** How many accounts have a hash of a family. */
export interface HashCount extends HashState {
  accounts: number
}

/** What is counted of the users of a source. */
export interface Tally {
  hashes: HashCount[]
  inactive: number
  staff: number
  superusers: number
  verifiedEmails: number
  /** Users without an email, or with a longer one than mail has: they cannot log in. */
  withoutEmail: number
  /** Emails that a registration here would refuse: they are imported as they are. */
  invalidEmails: { count: number; users: { id: number; email: string }[] }
}

/** Most users that a list of the report names. */
export const listed = 1000

/** Counts users as they pass by. */
export function createTally(
  settings: HashSettings,
): Tally & { add: (users: readonly ImportedUser[]) => void } {
  const hashes = new Map<string, HashCount>()
  const tally: Tally = {
    hashes: [],
    inactive: 0,
    staff: 0,
    superusers: 0,
    verifiedEmails: 0,
    withoutEmail: 0,
    invalidEmails: { count: 0, users: [] },
  }
  function addHash(passwordHash: string): void {
    const found = findHashState(passwordHash, settings)
    const key = `${found.family} ${found.state}`
    const count = hashes.get(key) ?? { ...found, accounts: 0 }
    count.accounts += 1
    hashes.set(key, count)
  }
  function addUser(user: ImportedUser): void {
    addHash(user.passwordHash)
    if (!user.isActive) tally.inactive += 1
    if (user.roles.includes('staff')) tally.staff += 1
    if (user.roles.includes('superuser')) tally.superusers += 1
    if (user.isEmailVerified) tally.verifiedEmails += 1
    if (toEmailKey(user.email) === '') tally.withoutEmail += 1
    if (user.email.trim() !== '' && !reachableEmail.safeParse(user.email).success) addInvalid(user)
  }
  function addInvalid({ id, email }: ImportedUser): void {
    tally.invalidEmails.count += 1
    if (tally.invalidEmails.users.length < listed) tally.invalidEmails.users.push({ id, email })
  }
  return Object.assign(tally, {
    add(users: readonly ImportedUser[]) {
      users.forEach(addUser)
      tally.hashes = Array.from(hashes.values()).toSorted((a, b) => b.accounts - a.accounts)
    },
  })
}
