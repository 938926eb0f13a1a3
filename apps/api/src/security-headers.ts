/**
 * The headers of every answer. Pages of other origins read answers through CORS or not at all, so
 * nothing else needs to embed them. HSTS (RFC 6797) is for production alone: on a developer's
 * `localhost` it would lock other projects out of plain HTTP.
 */
export function securityHeaders({ isProduction }: { isProduction: boolean }): Record<string, string> {
  const everywhere = {
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
  if (!isProduction) return everywhere
  return { ...everywhere, 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }
}
