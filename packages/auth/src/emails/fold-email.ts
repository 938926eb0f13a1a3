import { trimInvisible } from '@pockitflyer/auth-protocol/schemas'
import tr46 from 'tr46'

/**
 * Returns the form of an email by which the service tells one mailbox from another: two emails with
 * the same form are the same account and share their limits. ASCII letters become lower case, the
 * domain becomes its A-label (RFC 5890, by UTS #46 without transitional mappings), and invisible
 * characters at the ends go. A domain without an A-label stays, in lower-cased ASCII.
 *
 * It takes every string, never throws, and folding twice changes nothing. It asks neither the
 * database nor Node's ICU, so that versions and collations do not decide who a user is.
 *
 * @example foldEmail(' Ida@BÜCHER.example\u200b') // 'ida@xn--bcher-kva.example'
 */
export function foldEmail(email: string): string {
  const visible = trimInvisible(email)
  const domainAt = visible.lastIndexOf('@') + 1
  const local = toLowerAscii(visible.slice(0, domainAt))
  const domain = visible.slice(domainAt)
  return local + (toALabel(domain) ?? toLowerAscii(domain))
}

/**
 * Returns an ASCII domain unconverted: its labels are in their final form, apart from their case.
 */
function toALabel(domain: string): string | undefined {
  return isAscii(domain) || domain.length > domainMaxLength ? undefined : convert(domain)
}

/**
 * Returns an email as SMTP takes it: the local part as it is, the domain as its A-label.
 * @example withALabel('Ida@bücher.example') // 'Ida@xn--bcher-kva.example'
 */
export function withALabel(email: string): string {
  const domainAt = email.lastIndexOf('@') + 1
  const domain = email.slice(domainAt)
  return email.slice(0, domainAt) + (toALabel(domain) ?? domain)
}

/**
 * Returns whether a domain is ASCII or has an A-label: no label over 63 octets, and only letters
 * that IDNA knows.
 */
export function hasALabel(domain: string): boolean {
  return isAscii(domain) || toALabel(domain) !== undefined
}

const isAscii = (text: string) => /^\p{ASCII}*$/u.test(text)

const convert = (domain: string) => tr46.toASCII(domain, aLabelOptions) ?? undefined

/**
 * Options of tr46, whose table comes with the package. `url.domainToASCII` uses the table of Node's
 * release and reads `0x7f.1` as an IPv4 address. STD3 leaves letters, digits and hyphens, so no
 * second `@` can result.
 */
const aLabelOptions = {
  checkBidi: true,
  checkJoiners: true,
  useSTD3ASCIIRules: true,
  verifyDNSLength: true,
}

/**
 * A name in the DNS has 253 octets. Punycode takes quadratic time for a label: 64 KiB would take
 * seconds.
 */
const domainMaxLength = 1000

/** Lower-cases ASCII letters only: `toLowerCase` makes an ASCII `k` of the Kelvin sign. */
function toLowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
