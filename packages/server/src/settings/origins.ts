import { z } from 'zod'

/**
 * Origins separated by commas, each as a browser sends it in `Origin` (RFC 6454 section 6.2):
 * scheme, host and a port other than the scheme's.
 */
export const origins = z.string().transform((text, context) => {
  const given = text.split(',').flatMap((entry) => entry.trim() || [])
  for (const origin of given) {
    const fault = findFault(origin)
    if (fault !== undefined) context.addIssue(fault)
  }
  return given
})

/** Returns what is wrong with an origin, and its fix. */
function findFault(origin: string): string | undefined {
  if (origin === '*') return 'must name each origin: * would let every site call the API'
  if (origin.toLowerCase() === 'null')
    return 'must not have null: every sandboxed page and local file has that origin'
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/?#@\s]+/i.test(origin) || !URL.canParse(origin))
    return `has ${quote(origin)}, which is no origin; write one as https://app.example.com`
  if (origin.includes('*')) return `has ${quote(origin)}: each origin must be written out, without *`
  const exact = serialize(new URL(origin))
  return exact === origin ? undefined : `has ${quote(origin)}; write ${exact}`
}

/**
 * Packaged apps have other schemes, such as `capacitor://localhost`, for which `URL.origin` is
 * `null`.
 */
function serialize({ origin, protocol, host }: URL): string {
  return origin === 'null' ? `${protocol}//${host.toLowerCase()}` : origin
}

const quote = (text: string) => JSON.stringify(text)
