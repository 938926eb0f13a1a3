import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { languageFormId, pageField, pagePathHeader } from '../language/page-path.ts'

/**
 * Tells the language form which page it stands on. It is part of the page, not of the layout, which
 * outlasts pages.
 */
export async function LanguagePage(): Promise<ReactNode> {
  const path = (await headers()).get(pagePathHeader)
  if (path === null) return null
  return <input type="hidden" form={languageFormId} name={pageField} value={path} />
}
