type Header = [name: string, value: string]

const noSniffing: Header = ['X-Content-Type-Options', 'nosniff']

const https: Header = ['Strict-Transport-Security', 'max-age=63072000; includeSubDomains']

const ofPages: Header[] = [
  ['X-Frame-Options', 'DENY'],
  // Not `no-referrer`: browsers then send `Origin: null` with a form, which is refused as another
  // site's.
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
]

/**
 * The security headers of every answer of this origin, those of the API too. HSTS (RFC 6797) is for
 * production alone: on a developer's `localhost` it would lock other projects out of plain HTTP.
 */
export function headersOfAll(isProduction: boolean): Header[] {
  return isProduction ? [noSniffing, https] : [noSniffing]
}

/** The security headers of every page and asset. The policy with a nonce comes from `proxy.ts`. */
export function headersOfPages(isProduction: boolean): Header[] {
  return [...headersOfAll(isProduction), ...ofPages]
}
