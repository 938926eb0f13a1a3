import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { logOut } from '../../accounts/actions'
import { getViewer } from '../../accounts/viewer'

export default function Account() {
  return (
    <Suspense fallback={<p>One moment …</p>}>
      <Protected />
    </Suspense>
  )
}

async function Protected() {
  const viewer = await getViewer()
  if (viewer === undefined) redirect('/login')
  return (
    <form action={logOut}>
      <h1>{viewer.email}</h1>
      <button>Log out</button>
    </form>
  )
}
