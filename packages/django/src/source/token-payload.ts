import { z } from 'zod'

const numericId = z.union([z.int().positive(), z.string().regex(/^\d{1,15}$/)]).transform(Number)
const payload = z.object({
  user_id: numericId.optional().catch(undefined),
  sid: z.uuid().optional().catch(undefined),
})

/**
 * Reads user and session from the payload of a stored JWT, without a look at its signature: the row
 * is Django's own. A field that cannot be read is undefined.
 */
export function readPayload(token: string): z.output<typeof payload> {
  try {
    const [, body = ''] = token.split('.')
    return payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  } catch {
    return {}
  }
}
