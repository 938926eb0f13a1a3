/**
 * Returns the spellings under which a password may have been stored: as given, as RFC 8265 section
 * 4.2 (OpaqueString) has it, and decomposed. Keyboards and systems differ: `é` is one code point or
 * two, and a space may be a no-break space. The number of spellings depends on the password alone.
 * A password that is no OpaqueString has one spelling.
 */
export function spellingsOf(password: string): string[] {
  const opaque = toOpaqueString(password)
  return opaque === undefined ? [password] : [...new Set([password, opaque, password.normalize('NFD')])]
}

/** Returns whether two passwords are spellings of one. */
export function isSamePassword(one: string, other: string): boolean {
  return (toOpaqueString(one) ?? one) === (toOpaqueString(other) ?? other)
}

/**
 * Enforces the OpaqueString profile: other spaces become U+0020, then NFC; case and width stay.
 * `undefined` where a code point is then outside of the FreeformClass (RFC 8264 section 4.3): a
 * control, one that is unassigned, private or ignorable. Contexts (RFC 5892 appendix A) are not
 * looked at: the spelling is compared, and never stored.
 */
function toOpaqueString(password: string): string | undefined {
  const mapped = password.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC')
  return isFreeform(mapped) ? mapped : undefined
}

function isFreeform(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\u200c\u200d]+$/u.test(text) && !disallowed.test(text)
}

/**
 * Ignorable code points except the two joiners, Hangul jamo that compose nothing, and the
 * exceptions of RFC 5892 section 2.6.
 */
const disallowed =
  /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}|[\u302e\u302f\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\u0640\u07fa\u3031-\u3035\u303b]/u
