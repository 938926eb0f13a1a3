/**
 * A logout that could not be sent. It outlasts the tab: the next page of the same user logs out.
 * The login page forgets it.
 */
const key = 'pf-logout'

export const pendingLogout = {
  set: (userId: string): void => attempt(() => localStorage.setItem(key, userId)),
  clear: (): void => attempt(() => localStorage.removeItem(key)),
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
