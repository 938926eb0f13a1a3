type Header = [name: string, value: string]

const noSniffing: Header = ['X-Content-Type-Options', 'nosniff']

const https: Header = ['Strict-Transport-Security', 'max-age=63072000; includeSubDomains']

const ofPages: Header[] = [
  ['X-Frame-Options', 'DENY'],
  // Not `no-referrer`: browsers then send `Origin: null` with a form, which is refused as
  // cross-site.
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  // A search engine has nothing to show of an account.
  ['X-Robots-Tag', 'noindex'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
]

/**
 * Returns the security headers of every answer of this origin, the API's too. HSTS (RFC 6797) is
 * for production only: on `localhost` it would block plain HTTP for other projects.
 */
export function headersOfAll(isProduction: boolean): Header[] {
  return isProduction ? [noSniffing, https] : [noSniffing]
}

/**
 * The security headers of every page and asset. The listener adds the policy with a nonce. The page
 * of a mailed link, whose URL holds a secret, never tells its URL to another.
 */
export function headersOfPages(isProduction: boolean, url = ''): Header[] {
  const secret: Header[] = isOfMailedLink(url) ? [['Referrer-Policy', 'no-referrer']] : []
  return [...headersOfAll(isProduction), ...ofPages, ...secret]
}

/** Every mailed link has its secret in the parameter `t`. */
function isOfMailedLink(url: string): boolean {
  return /^\/(reset-password|change-email|verify-email|undo)(?![\w-])|[?&]t=/.test(url)
}
