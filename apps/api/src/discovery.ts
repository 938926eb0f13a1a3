/**
 * The metadata of the issuer for services that verify tokens (OpenID Connect Discovery 1.0 section
 * 3; RFC 8414 section 2).
 */
export interface IssuerMetadata {
  issuer: string
  jwks_uri: string
}

/**
 * Describes the issuer by its configured URL, never by the request: the answer is cached, and a
 * forged `Host` would point every service to foreign keys. Undefined for an issuer that is no
 * `http` or `https` URL, or has a query or fragment: discovery does not allow it (section 2).
 */
export function describeIssuer(issuer: string | undefined): IssuerMetadata | undefined {
  const url = issuer === undefined ? null : URL.parse(issuer)
  if (issuer === undefined || url === null || !/^https?:$/.test(url.protocol)) return undefined
  if (/[?#]/.test(issuer)) return undefined
  return { issuer, jwks_uri: `${issuer.replace(/\/$/, '')}/.well-known/jwks.json` }
}
