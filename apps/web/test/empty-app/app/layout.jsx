import { connection } from 'next/server'

/** Renders per request, as every page of the web app does. */
export default async function Layout({ children }) {
  await connection()
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
