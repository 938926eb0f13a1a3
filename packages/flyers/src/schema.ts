import { z } from 'zod'

/**
 * What the procedures take and answer, shared by tRPC, REST and forms. Browser-safe. The texts are
 * the account service's.
 */

const string = z
  .string({ error: ({ input }) => (input === undefined ? 'This field is required.' : 'Not a valid string.') })
  .refine((value) => !value.includes('\0'), 'Null characters are not allowed.')

const atMost = (length: number) => `Ensure this field has no more than ${length} characters.`

/** The input of a new flyer. The sender creates its `id`: sent twice, it is one flyer. */
export const newFlyer = z.object({
  id: z.uuid('Must be a valid UUID.'),
  title: string.trim().min(1, 'This field may not be blank.').max(120, atMost(120)),
  body: string.max(2000, atMost(2000)).default(''),
})

/** A flyer as every answer shows it. */
export const flyer = z.object({
  id: z.uuid(),
  title: z.string(),
  body: z.string(),
  created_at: z.iso.datetime(),
})

/**
 * The caller's flyers, the newest first. `author` is null while the account service cannot be
 * asked.
 */
export const myFlyers = z.object({
  author: z.object({ display_name: z.string(), bio: z.string() }).nullable(),
  flyers: z.array(flyer),
})

export type NewFlyer = z.output<typeof newFlyer>
export type Flyer = z.output<typeof flyer>
export type MyFlyers = z.output<typeof myFlyers>
