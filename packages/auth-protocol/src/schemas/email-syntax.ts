import { z } from 'zod'

/**
 * Tells whether a text has the form of an email. It takes what Django 5.2's EmailValidator takes
 * (RFC 5322 dot-atoms and quoted strings, domains with letters of any script, `localhost`, an IP
 * address in brackets), except a local part over 64 characters (RFC 5321 section 4.5.3.1.1) and
 * letters beyond ASCII in it: Django takes four that are alike `i`, `s` and `k`. Whether mail can
 * reach the domain is for the service to say.
 */
export function isEmail(email: string): boolean {
  const at = email.lastIndexOf('@')
  return at > 0 && isLocalPart(email.slice(0, at)) && isDomain(email.slice(at + 1))
}

const atom = String.raw`[-!#$%&'*+/=?^_\`{}|~0-9A-Za-z]+`
const dotAtom = new RegExp(String.raw`^${atom}(?:\.${atom})*$`)

// oxlint-disable-next-line no-control-regex -- RFC 5322 allows them in a quoted string, as obsolete
const quotedString = /^"(?:[\x01-\x08\x0b\x0c\x0e-\x1f!#-[\]-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*"$/

function isLocalPart(local: string): boolean {
  return local.length <= 64 && (dotAtom.test(local) || quotedString.test(local))
}

const letter = String.raw`a-zA-Z\u00a1-\uffff`
const host = new RegExp(
  String.raw`^[${letter}0-9](?:[${letter}0-9-]{0,61}[${letter}0-9])?(?:\.(?!-)[${letter}0-9-]{1,63}(?<!-))*` +
    String.raw`\.(?!-)(?:[${letter}-]{2,63}|[xX][nN]--[a-zA-Z0-9]{1,59})(?<!-)$`,
  'u',
)
const literal = /^\[([a-fA-F0-9:.]+)\]$/

function isDomain(domain: string): boolean {
  if (domain === 'localhost') return true
  if (host.test(domain)) return true
  return z.union([z.ipv4(), z.ipv6()]).safeParse(literal.exec(domain)?.[1]).success
}
