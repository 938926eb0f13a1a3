import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { plainHttpHeader } from '../front/plain-http-header.ts'
import { Notice } from './notice.tsx'

/** Warns on a page that was opened by plain HTTP that the login will not last. */
export async function PlainHttpNotice(): Promise<ReactNode> {
  if (!(await headers()).has(plainHttpHeader)) return null
  return (
    <div className="mb-6">
      <Notice tone="error">
        This page was opened over http, where your browser does not keep a login. Open it with https:// in
        front of the address.
      </Notice>
    </div>
  )
}
