import type { IncomingHttpHeaders } from 'node:http'

/** What a header says. */
interface Told {
  header: string
  value: string
}

/**
 * The origin that a browser asked, as far as the headers tell. A proxy that ends TLS may tell
 * nothing of the scheme.
 */
export interface AskedOrigin {
  scheme: Told | undefined
  host: Told | undefined
  /** Undefined where `host` has it, or where nothing does: then it is the scheme's own. */
  port: Told | undefined
}

/**
 * Reads which origin the browser asked. Behind proxies it is the first value of each list, that of
 * the proxy next to the browser; `X-Forwarded-…` comes before `Forwarded` (RFC 7239) and both
 * before `Host`. A page of another site can set none of them.
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

/** Whether a host names this machine, where browsers keep Secure cookies over plain http too. */
export function isLocal(host: string): boolean {
  const { hostname } = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : { hostname: '' }
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

/**
 * Whether a page was opened by plain http from another machine. Browsers send `Sec-Fetch-Site` to
 * https, and to localhost, alone (W3C Fetch Metadata), so that a proxy which does not tell the
 * scheme is no false alarm.
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

/** Node.js reads headers as Latin-1; a name in another script comes as UTF-8. */
function readText(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8')
}
