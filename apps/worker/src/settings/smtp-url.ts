import { z } from 'zod'

/** How to reach an SMTP server. */
export interface SmtpServer {
  host: string
  port: number
  auth: { user: string; pass: string } | undefined
  /** `tls`: from the first byte on. `starttls`: or no mail. `insecure`: TLS if there is any. */
  security: 'tls' | 'starttls' | 'insecure'
}

const defaultPorts: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 }

/**
 * `smtp://user:password@host:587` or `smtps://…:465`, the ports being the defaults. A mail is sent
 * over TLS only, with a certificate that fits the host, unless `?insecure` follows. No problem
 * quotes the URL: a password stands in it.
 */
export const smtpUrl = z.string().transform((text, context): SmtpServer => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const problem = findProblem(text, url)
  if (url !== undefined && problem === undefined) return toServer(url)
  context.addIssue(problem ?? unreadable)
  return z.NEVER
})

const unreadable =
  'cannot be read; write smtp://user:password@host:587 or smtps://host:465, and percent-encode # / ? @ % in a password'

function findProblem(text: string, url: URL | undefined): string | undefined {
  if (!/^smtps?:\/\//i.test(text)) return 'must begin with smtp:// or smtps://'
  if (/\/\/[^?]*@[^?]*@/.test(text) || url === undefined || url.hostname === '') return unreadable
  if (url.pathname !== '' && url.pathname !== '/') return 'must end after the port: a server has no path'
  if (url.hash !== '') return unreadable
  if (url.search !== '' && url.search !== '?insecure')
    return 'has an unknown parameter; only ?insecure is known'
  if (url.search === '?insecure' && url.protocol === 'smtps:')
    return 'has ?insecure beside smtps://, which is TLS; leave one of them out'
  if ((url.username === '') !== (url.password === '')) return 'must have a user and a password, or neither'
  if (decode(url.username) === undefined || decode(url.password) === undefined) return unreadable
  return undefined
}

function toServer(url: URL): SmtpServer {
  const [user, pass] = [decode(url.username) ?? '', decode(url.password) ?? '']
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (defaultPorts[url.protocol] ?? 0),
    auth: user === '' ? undefined : { user, pass },
    security: url.protocol === 'smtps:' ? 'tls' : url.search === '' ? 'starttls' : 'insecure',
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
