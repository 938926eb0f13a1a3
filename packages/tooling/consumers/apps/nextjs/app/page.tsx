import Link from 'next/link'
import { Suspense } from 'react'
import { getViewer } from '../accounts/viewer'

export default function Home() {
  return (
    <main>
      <h1>Flyers</h1>
      <Suspense fallback={<p>One moment …</p>}>
        <Greeting />
      </Suspense>
    </main>
  )
}

async function Greeting() {
  const viewer = await getViewer()
  if (viewer === undefined) return <Link href="/login">Log in</Link>
  return <Link href="/account">{viewer.email}</Link>
}
