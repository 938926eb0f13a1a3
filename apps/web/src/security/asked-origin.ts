import type { IncomingHttpHeaders } from 'node:http'

/** The value of a header and its source. */
export interface Told {
  header: string
  value: string
}

/**
 * The origin that a browser requested, as far as the headers tell. A proxy that ends TLS may not
 * send the scheme.
 */
export interface AskedOrigin {
  scheme: Told | undefined
  host: Told | undefined
  /**
   * Undefined where `host` includes it, or where no header has it: then it is the scheme's default.
   */
  port: Told | undefined
}

/**
 * Returns the origin that the browser requested. Behind proxies it is the first value of each list,
 * written by the proxy next to the browser. `X-Forwarded-…` takes precedence over `Forwarded` (RFC
 * 7239), and both over `Host`. A page of another site can set none of them.
 */
export function readAskedOrigin(headers: IncomingHttpHeaders): AskedOrigin {
  const forwardedHost = first(headers, 'X-Forwarded-Host') ?? inForwarded(headers, 'host')
  const port = first(headers, 'X-Forwarded-Port')
  return {
    scheme: first(headers, 'X-Forwarded-Proto') ?? inForwarded(headers, 'proto'),
    host: forwardedHost ?? first(headers, 'Host'),
    port: forwardedHost !== undefined && hasPort(forwardedHost.value) ? undefined : port,
  }
}

/**
 * Returns whether a host names this machine, where browsers keep Secure cookies over plain HTTP
 * too.
 */
export function isLocal(host: string): boolean {
  const { hostname } = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : { hostname: '' }
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/**
 * Returns whether a page was opened by plain HTTP from another machine. Browsers send
 * `Sec-Fetch-Site` only to HTTPS and to localhost (W3C Fetch Metadata), so a proxy that does not
 * send the scheme causes no false alarm.
 */
export function isPlainHttp(headers: IncomingHttpHeaders): boolean {
  const { scheme, host } = readAskedOrigin(headers)
  if (headers['sec-fetch-site'] !== undefined || isLocal(host?.value ?? '')) return false
  return scheme?.value.toLowerCase() !== 'https'
}

export function hasPort(host: string): boolean {
  return /:\d*$/.test(host)
}

function first(headers: IncomingHttpHeaders, header: string): Told | undefined {
  const value = [headers[header.toLowerCase()] ?? []].flat().join().split(',')[0]?.trim()
  return value ? { header, value: readText(value) } : undefined
}

function inForwarded({ forwarded }: IncomingHttpHeaders, parameter: 'host' | 'proto'): Told | undefined {
  const pattern = new RegExp(`(?:^|[;,])\\s*${parameter}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;,\\s"]*))`, 'i')
  const [, quoted, token] = pattern.exec(forwarded ?? '') ?? []
  const value = quoted?.replaceAll(/\\(.)/g, '$1') ?? token
  return value ? { header: 'Forwarded', value: readText(value) } : undefined
}

/** Decodes a header as UTF-8: Node.js reads it as Latin-1. */
function readText(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8')
}
