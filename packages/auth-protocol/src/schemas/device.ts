import { z } from 'zod'

/** A time in ISO 8601, UTC. */
export const time = z.iso.datetime()

/** What a user agent says of its device. */
export const device = z.object({
  browser: z.string().nullable().meta({ description: 'For example `Firefox`.' }),
  os: z.string().nullable().meta({ description: 'For example `Android`.' }),
  type: z.string().nullable().meta({ description: '`desktop`, `mobile`, `tablet`, `tv` or `bot`.' }),
})
