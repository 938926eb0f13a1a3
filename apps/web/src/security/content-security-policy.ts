interface PolicyOptions {
  /** Unguessable and new for every answer. */
  nonce: string
  /**
   * Development needs `eval` and inline styles: React rebuilds server stacks, and hot reload
   * injects styles.
   */
  isProduction: boolean
}

/**
 * Returns the Content-Security-Policy of every page: nothing from another host, no inline script or
 * style without the nonce, no framing. Next.js reads the nonce from this request header and puts it
 * on its own tags.
 */
export function createContentSecurityPolicy({ nonce, isProduction }: PolicyOptions): string {
  const directives = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isProduction ? '' : " 'unsafe-eval'"}`,
    `style-src 'self' ${isProduction ? `'nonce-${nonce}'` : "'unsafe-inline'"}`,
    `connect-src 'self'${isProduction ? '' : ' ws:'}`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ]
  return directives.join('; ')
}
