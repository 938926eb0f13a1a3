import { cookies, headers } from 'next/headers'
import { cache, type ReactNode } from 'react'
import { readLanguage } from '../language/read-language.ts'
import { localeOf } from '../texts/locale.ts'
import { createTimeFormat, describeAge } from './time-format.ts'
import { zoneCookieName } from './zone-cookie.ts'

interface TimeProps {
  /** ISO 8601. */
  at: string
}

/** A time in the page's language and the reader's zone. */
export async function LocalTime({ at }: TimeProps): Promise<ReactNode> {
  const { format } = await readReader()
  return <time dateTime={at}>{format.format(new Date(at))}</time>
}

/**
 * How long ago a time was, in the page's language; the exact time in its place while the pointer
 * or the focus is on the element of the class `group` around it. So nothing covers other content.
 */
export async function Age({ at }: TimeProps): Promise<ReactNode> {
  const { locale, format } = await readReader()
  const time = new Date(at)
  return (
    <time dateTime={at}>
      <span className="group-hover:hidden group-focus:hidden">{describeAge(time, locale)}</span>{' '}
      <span className="hidden group-hover:inline group-focus:inline">{format.format(time)}</span>
    </time>
  )
}

const readReader = cache(async () => {
  const locale = localeOf(await readLanguage(), (await headers()).get('accept-language'))
  const zone = (await cookies()).get(zoneCookieName)?.value
  return { locale, format: createTimeFormat({ locale, zone }) }
})
