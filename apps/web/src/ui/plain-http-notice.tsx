import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { plainHttpHeader } from '../front/plain-http-header.ts'
import { Notice } from './notice.tsx'

/** Returns whether the page was opened by plain HTTP, where a login does not last. */
export async function isOpenedByPlainHttp(): Promise<boolean> {
  return (await headers()).has(plainHttpHeader)
}

/** Warns that the login will not last. */
export function PlainHttpNotice({ text }: { text: string }): ReactNode {
  return (
    <div className="mb-6">
      <Notice tone="error">{text}</Notice>
    </div>
  )
}
