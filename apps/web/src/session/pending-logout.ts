/**
 * A logout that could not be sent. It outlasts the tab: the next page of the same user logs out.
 * The login page forgets it.
 */
const key = 'pf-logout'

export const pendingLogout = {
  /** Whether it was begun in this very page. */
  isHere: false,
  set(userId: string): void {
    this.isHere = true
    attempt(() => localStorage.setItem(key, userId))
  },
  clear(): void {
    this.isHere = false
    attempt(() => localStorage.removeItem(key))
  },
  /** Returns whether this user wants to be logged out. */
  isOf: (userId: string): boolean => attempt(() => localStorage.getItem(key)) === userId,
}

/** A denied storage holds nothing. */
function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}
