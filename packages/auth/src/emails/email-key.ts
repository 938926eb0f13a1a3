import { foldEmail } from './fold-email.ts'

/** An entry of a B-tree has at most 2,704 bytes. Mail takes 254. */
const maxBytes = 2500

/**
 * Returns the folded email by which an imported user is found; empty where there is none: an email
 * that is empty or invisible, or longer than an index takes.
 * @example toEmailKey(' Ada@Example.com') // 'ada@example.com'
 */
export function toEmailKey(email: string): string {
  const folded = foldEmail(email)
  return Math.max(Buffer.byteLength(email), Buffer.byteLength(folded)) > maxBytes ? '' : folded
}
