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

/**
 * How long ago a time was, in the reader's language; the exact time in its place while the pointer
 * or the focus is on the element of the class `group` around it. So nothing covers other content.
 */
export async function Age({ at }: TimeProps): Promise<ReactNode> {
  const { acceptLanguage, format, language } = await readReader()
  const time = new Date(at)
  return (
    <time dateTime={at} lang={language} dir="auto">
      <span className="group-hover:hidden group-focus:hidden">{describeAge(time, acceptLanguage)}</span>{' '}
      <span className="hidden group-hover:inline group-focus:inline">{format.format(time)}</span>
    </time>
  )
}

const readReader = cache(async () => {
  const acceptLanguage = (await headers()).get('accept-language')
  const format = createTimeFormat({ acceptLanguage, zone: (await cookies()).get(zoneCookieName)?.value })
  return { acceptLanguage, format, language: format.resolvedOptions().locale }
})
