import { cookies, headers } from 'next/headers'
import { cache, type ReactNode } from 'react'
import { createTimeFormat, describeAge } from './time-format.ts'
import { zoneCookieName } from './zone-cookie.ts'

interface TimeProps {
  /** ISO 8601. */
  at: string
}

/** A time in the reader's language and zone. */
export async function LocalTime({ at }: TimeProps): Promise<ReactNode> {
  const { format, language } = await readReader()
  return (
    <time dateTime={at} lang={language} dir="auto">
      {format.format(new Date(at))}
    </time>
  )
}

/** How long ago a time was, in the reader's language. Give the exact time as well. */
export async function Age({ at }: TimeProps): Promise<ReactNode> {
  const { acceptLanguage, language } = await readReader()
  return (
    <time dateTime={at} lang={language} dir="auto">
      {describeAge(new Date(at), acceptLanguage)}
    </time>
  )
}

const readReader = cache(async () => {
  const acceptLanguage = (await headers()).get('accept-language')
  const format = createTimeFormat({ acceptLanguage, zone: (await cookies()).get(zoneCookieName)?.value })
  return { acceptLanguage, format, language: format.resolvedOptions().locale }
})
