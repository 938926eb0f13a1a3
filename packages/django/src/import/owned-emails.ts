import type { ImportScan } from '@pockitflyer/auth/admin'

/** An email that several users have, and how each is found here. */
export interface OwnedEmail {
  foldedEmail: string
  ownerId: number
  /** Whether the mapping file names the owner. */
  isNamed: boolean
  users: {
    id: number
    email: string
    /** `exact_spelling`: by no other. `nothing`: a user before has the same spelling. */
    foundBy: 'every_other_spelling' | 'exact_spelling' | 'nothing'
  }[]
}

/**
 * Decides who owns each email that several users have: the user whom the mapping names, else the
 * one whose spelling is the folded email, else the one with the lowest id.
 */
export function toOwnedEmails(twins: ImportScan['twins'], named: ReadonlyMap<string, number>): OwnedEmail[] {
  return twins.flatMap(({ folded, users }) => {
    const owner =
      users.find(({ id }) => id === named.get(folded)) ??
      users.find(({ email }) => email === folded) ??
      users[0]
    if (owner === undefined) return []
    const taken = new Set([owner.email])
    const others = users.filter(({ id }) => id !== owner.id)
    const foundBy = ({ email }: { email: string }) => {
      const isTaken = taken.has(email)
      taken.add(email)
      return isTaken ? ('nothing' as const) : ('exact_spelling' as const)
    }
    return {
      foldedEmail: folded,
      ownerId: owner.id,
      isNamed: named.get(folded) === owner.id,
      users: [
        { ...owner, foundBy: 'every_other_spelling' as const },
        ...others.map((user) => ({ ...user, foundBy: foundBy(user) })),
      ],
    }
  })
}
