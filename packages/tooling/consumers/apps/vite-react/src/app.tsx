import type { User } from '@pockitflyer/auth-client'
import { type ReactNode, useEffect } from 'react'
import { AccountForm } from './account-form'
import { accounts } from './accounts'
import { useUser } from './use-user'

export function App() {
  if (location.pathname === '/login') return <AccountForm kind="login" />
  if (location.pathname === '/register') return <AccountForm kind="register" />
  return <Protected>{(user) => <Account user={user} />}</Protected>
}

/** Shows its page to a user, and the login to everyone else, also after a logout in another tab. */
function Protected({ children }: { children: (user: User) => ReactNode }) {
  const user = useUser()
  useEffect(() => {
    if (user === null) location.replace('/login')
  }, [user])
  return user ? children(user) : <p>One moment …</p>
}

function Account({ user }: { user: User }) {
  return (
    <main>
      <h1>{user.email}</h1>
      <button onClick={() => accounts.logOut()}>Log out</button>
    </main>
  )
}
