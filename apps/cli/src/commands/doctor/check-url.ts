import { once } from 'node:events'
import { connect } from 'node:tls'
import { found, type Finding, ok } from './finding.ts'
import { isLocal } from './is-local.ts'

/** How long an answer may take, in milliseconds. */
const limitMs = 10_000

/** How long a certificate should still last, in days: Caddy and certbot renew it 30 days before. */
const certificateMinDays = 14

const dayMs = 86_400_000

/** What must answer under the public address, and who answers there. */
const places = [
  { check: 'web app', path: '/login', fix: 'the proxy sends / to the web app, which must run' },
  { check: 'API', path: '/api/users/policy/', fix: 'the proxy sends /api to the API, which must run' },
  { check: 'keys', path: '/.well-known/jwks.json', fix: 'the proxy sends /.well-known/jwks.json to the API' },
]

/** Checks from outside what people reach at the public address: TLS, web app, API and keys. */
export async function checkUrl(url: URL): Promise<Finding[]> {
  const answers = await Promise.all(places.map((place) => checkPlace(url, place)))
  return [await checkTls(url), ...answers]
}

async function checkPlace(url: URL, { check, path, fix }: (typeof places)[number]): Promise<Finding> {
  const target = new URL(path, url).href
  try {
    const { status } = await fetch(target, { redirect: 'manual', signal: AbortSignal.timeout(limitMs) })
    return status === 200 ? ok(check, `answers at ${target}`) : failed(`answers ${status} at ${target}`)
  } catch (error) {
    return failed(`does not answer at ${target}: ${toReason(error)}`)
  }

  function failed(text: string): Finding {
    return found('error', check, [text, fix])
  }
}

async function checkTls(url: URL): Promise<Finding> {
  if (url.protocol !== 'https:') {
    if (isLocal(url.hostname)) return ok('TLS', 'is not needed on this machine')
    return found('error', 'TLS', [`is missing at ${url.origin}`, 'a proxy with TLS: apps/docs/deployment.md'])
  }
  try {
    return judgeCertificate(await readCertificateEnd(url), new Date())
  } catch (error) {
    return found('error', 'TLS', [
      `is refused at ${url.origin}: ${toReason(error)}`,
      'a certificate for that name, with its chain',
    ])
  }
}

/** Returns the finding for a certificate that ends then. */
export function judgeCertificate(end: Date, now: Date): Finding {
  const days = Math.floor((end.getTime() - now.getTime()) / dayMs)
  if (days >= certificateMinDays) return ok('TLS', `has a certificate for ${days} days more`)
  return found('warning', 'TLS', [`has a certificate for ${days} days more`, 'renew the certificate'])
}

async function readCertificateEnd({ hostname, port }: URL): Promise<Date> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const socket = connect({ host, port: Number(port || 443), servername: host, timeout: limitMs })
  socket.on('timeout', () => socket.destroy(new Error('no answer')))
  try {
    await once(socket, 'secureConnect')
    return new Date(socket.getPeerCertificate().valid_to)
  } finally {
    socket.destroy()
  }
}

/** Names the cause: `fetch` itself says that it failed. */
function toReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
