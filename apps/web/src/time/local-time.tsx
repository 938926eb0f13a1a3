import { cookies, headers } from 'next/headers'
import { cache, type ReactNode } from 'react'
import { createTimeFormat } from './time-format.ts'
import { zoneCookieName } from './zone-cookie.ts'

/** A time in the reader's language and zone. `at` is ISO 8601. */
export async function LocalTime({ at }: { at: string }): Promise<ReactNode> {
  const format = await getTimeFormat()
  return (
    <time dateTime={at} lang={format.resolvedOptions().locale}>
      {format.format(new Date(at))}
    </time>
  )
}

const getTimeFormat = cache(async () =>
  createTimeFormat({
    acceptLanguage: (await headers()).get('accept-language'),
    zone: (await cookies()).get(zoneCookieName)?.value,
  }),
)
