import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { plainHttpHeader } from '../front/plain-http-header.ts'
import { readTexts } from '../texts/texts.ts'
import { Notice } from './notice.tsx'

/**
 * Warns on a page that was opened by plain HTTP that the login will not last. A function, not a
 * component: one that waits would cost each page a row of React's payload.
 */
export async function renderPlainHttpNotice(): Promise<ReactNode> {
  if (!(await headers()).has(plainHttpHeader)) return null
  return (
    <div className="mb-6">
      <Notice tone="error">{(await readTexts()).login.plainHttp}</Notice>
    </div>
  )
}
