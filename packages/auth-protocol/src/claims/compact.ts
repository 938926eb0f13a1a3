/** Longest token in bytes. A longer one is refused before it is decoded. */
export const tokenMaxBytes = 8192

/**
 * Base64url in its one right spelling: no padding, no spaces, no bits left over (RFC 4648 section
 * 3.5).
 */
const base64url = '(?:[\\w-]{4})*(?:[\\w-][AQgw]|[\\w-]{2}[AEIMQUYcgkosw048])?'

/**
 * The compact serialisation (RFC 7515 section 7.1). Decoders let other spellings pass, so that one
 * signature would have several.
 */
const compact = new RegExp(`^${base64url}\\.${base64url}\\.${base64url}$`)

/**
 * Returns whether a token has the one spelling that signers produce.
 * @example isCompact('e30.e30.AA') // true
 */
export const isCompact = (token: string): boolean => compact.test(token)
