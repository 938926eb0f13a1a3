import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findFreePort } from '@pockitflyer/server/testing'
import { until } from '../dev-process.ts'
import { deployFolder } from './build.ts'

export const hasNginx = spawnSync('nginx', ['-v']).error === undefined

/** The nginx of the documentation, with a certificate of its own. */
export interface TlsProxy {
  url: string
  /** What `nginx -t` says. */
  check: string
  send: (path: string, options?: SendOptions) => Promise<Answer>
  /** What stands in its access log. */
  log: () => Promise<string>
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

/** Starts `nginx.conf` in front of these programs: only addresses and folders are replaced. */
export async function startNginx(hosts: { api: string; web: string }): Promise<TlsProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'temp'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const files = ['-keyout', key, '-out', certificate]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...names, ...files],
    {
      stdio: 'ignore',
    },
  )
  const [plain, tls] = [await findFreePort(), await findFreePort()]
  const site = (await readFile(join(deployFolder, 'nginx.conf'), 'utf8'))
    .replaceAll(/^ *listen \[::\].*\n/gm, '')
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
    .replace('listen 443 ', `listen 127.0.0.1:${tls} `)
    .replaceAll('accounts.example.com', 'localhost')
    .replace('/etc/nginx/pockitflyer.pem', certificate)
    .replace('/etc/nginx/pockitflyer.key', key)
    .replaceAll('/var/log/nginx/', `${folder}/`)
    .replace('127.0.0.1:8000', hosts.api)
    .replace('127.0.0.1:3000', hosts.web)
  await writeFile(join(folder, 'site.conf'), site)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const main = `
daemon off;
pid ${folder}/pid;
events {}
http {
${temporary.map((name) => `  ${name}_temp_path ${folder}/temp/${name};`).join('\n')}
  include ${folder}/site.conf;
}`
  const config = join(folder, 'nginx.conf')
  await writeFile(config, main)
  const args = ['-p', folder, '-c', config, '-e', `${folder}/error.log`]
  const check = spawnSync('nginx', [...args, '-t'], { encoding: 'utf8' }).stderr
  const child = spawn('nginx', args, { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const ca = await readFile(certificate)
  const url = `https://localhost:${tls}`
  const send: TlsProxy['send'] = async (path, { method = 'GET', headers = {}, body } = {}) => {
    const sent = request(new URL(path, url), { method, headers, ca, agent: false })
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve).once('error', reject)
    })
    sent.end(body)
    const response = await answered
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
  }
  await until(
    async () =>
      child.exitCode !== null ||
      (await send('/healthz').then(
        () => true,
        () => false,
      )),
    check,
  )
  return {
    url,
    check,
    send,
    log: () => readFile(join(folder, 'pockitflyer.log'), 'utf8'),
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true })
    },
  }
}
