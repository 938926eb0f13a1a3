import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findFreePort } from '@pockitflyer/server/testing'
import { until } from '../dev-process.ts'
import { type Place, type ProxyName, proxies } from './proxy-files.ts'

/** Whether a proxy is installed here. */
export const hasProxy = (name: ProxyName) => spawnSync(name, [proxies[name].version]).error === undefined

/** A proxy of the documentation, with a certificate of its own. */
export interface TlsProxy {
  url: string
  plainUrl: string
  /** What it says of its configuration. */
  check: string
  send: (path: string, options?: SendOptions) => Promise<Answer>
  /** What stands in its logs and in its output. */
  log: () => Promise<string>
  /** Replaces the certificate, and lets the proxy read it. */
  renewCertificate: () => Promise<void>
  stop: () => Promise<void>
}

interface SendOptions {
  method?: string
  headers?: Record<string, string>
  body?: Buffer | string
}

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** Starts a documented proxy before these programs: only addresses and folders are replaced. */
export async function startProxy(
  name: ProxyName,
  hosts: Place['hosts'],
  edit: (documented: string) => string = (documented) => documented,
): Promise<TlsProxy> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`))
  await chmod(folder, 0o755)
  await createCertificate(folder)
  const place = { folder, hosts, plain: await findFreePort(), tls: await findFreePort() }
  const { command, check, reload } = await proxies[name].write(place, edit)
  const checked = spawnSync(name, check, { encoding: 'utf8' })
  const child = spawn(name, command, { stdio: ['ignore', 'pipe', 'pipe'], env: environmentOf(folder) })
  const ended = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const url = `https://localhost:${place.tls}`
  const send = createSend(url, join(folder, 'certificate.pem'))
  const answers = () =>
    send('/healthz').then(
      () => true,
      () => false,
    )
  const checkOutput = checked.stdout + checked.stderr
  await until(async () => child.exitCode !== null || (await answers()), checkOutput)
  return {
    url,
    plainUrl: `http://localhost:${place.plain}`,
    check: checkOutput,
    send,
    async log() {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.log'))
      const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
      return output + texts.join('\n')
    },
    async renewCertificate() {
      await createCertificate(folder)
      if (typeof reload === 'string') child.kill(reload)
      else execFileSync(name, reload, { stdio: 'ignore' })
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true })
    },
  }
}

/** Returns a function that sends requests to this server and trusts this certificate alone. */
export function createSend(url: string, certificate: string): TlsProxy['send'] {
  return async (path, { method = 'GET', headers = {}, body } = {}) => {
    const ca = await readFile(certificate)
    const sent = request(new URL(path, url), { method, headers, ca, agent: false })
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve).once('error', reject)
    })
    sent.end(body)
    const response = await answered
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
  }
}

/** Caddy keeps what it makes in the folders of its user. */
const environmentOf = (folder: string) => ({ PATH: process.env['PATH'], HOME: folder, XDG_DATA_HOME: folder })

/** Writes key, certificate, and both in one file for HAProxy, of `localhost` for a day. */
async function createCertificate(folder: string): Promise<void> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const files = ['-keyout', key, '-out', certificate]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  execFileSync('openssl', ['req', '-x509', ...kind, '-nodes', '-days', '1', ...names, ...files], {
    stdio: 'ignore',
  })
  execFileSync('sh', ['-c', 'cat certificate.pem key.pem > both.pem'], { cwd: folder })
}
