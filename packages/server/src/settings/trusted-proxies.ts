import { compile } from 'proxy-addr'
import { z } from 'zod'

/**
 * Addresses and ranges separated by commas, as a function that returns whether an address is in
 * one.
 */
export const trustedProxies = z.string().transform((text, context) => {
  try {
    return compile(text.split(',').flatMap((entry) => entry.trim() || []))
  } catch {
    context.addIssue(
      'must be addresses, ranges such as 10.0.0.0/8, or loopback, linklocal or uniquelocal, with commas between',
    )
    return z.NEVER
  }
})
