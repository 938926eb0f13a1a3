import { isTokenRefused, type User } from '@pockitflyer/auth-client'
import { useEffect, useState } from 'react'
import { accounts } from './accounts'

/** The user; `null` without one, `undefined` while it is unknown who that is. */
export function useUser() {
  const [user, setUser] = useState<User | null>()
  useEffect(() => {
    let latest = 0
    async function load() {
      const turn = ++latest
      const answer = await accounts.auth.me.query().catch((e) => (isTokenRefused(e) ? null : undefined))
      if (turn === latest && answer !== undefined) setUser(answer)
    }
    void load()
    return accounts.subscribe(load)
  }, [])
  return user
}
