interface Header {
  key: string
  value: string
}

const everywhere: Header[] = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Not `no-referrer`: browsers then send `Origin: null`, which the origin check of server actions refuses.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  },
]

const onHttpsOnly: Header = {
  key: 'Strict-Transport-Security',
  value: 'max-age=63072000; includeSubDomains',
}

/**
 * The security headers that are the same for every page and asset. HSTS (RFC 6797) is for production alone: on a
 * developer's `localhost` it would lock other projects out of plain HTTP. The policy with a nonce comes from `proxy.ts`.
 */
export function fixedSecurityHeaders(isProduction: boolean): Header[] {
  return isProduction ? [...everywhere, onHttpsOnly] : everywhere
}
