import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deployFolder } from './build.ts'

/** Where a proxy runs in a test. */
export interface Place {
  folder: string
  hosts: { api: string; web: string }
  /** The ports of http and https. */
  plain: number
  tls: number
}

/** How a proxy starts with its file. */
interface Commands {
  command: string[]
  check: string[]
  /** The arguments or the signal with which it reads its files again. */
  reload: string[] | NodeJS.Signals
}

type Write = (place: Place, edit: (documented: string) => string) => Promise<Commands>

export type ProxyName = 'nginx' | 'caddy' | 'haproxy'

/** The proxies of the documentation: the argument for their version, and their files. */
export const proxies: Record<ProxyName, { version: string; write: Write }> = {
  nginx: { version: '-v', write: writeNginx },
  caddy: { version: 'version', write: writeCaddy },
  haproxy: { version: '-v', write: writeHaproxy },
}

const read = (name: string) => readFile(join(deployFolder, name), 'utf8')

async function writeNginx(
  { folder, hosts, plain, tls }: Place,
  edit: (text: string) => string,
): Promise<Commands> {
  await mkdir(join(folder, 'temp'))
  const site = edit(await read('nginx.conf'))
    .replaceAll(/^ *listen \[::\].*\n/gm, '')
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
    .replace('listen 443 ', `listen 127.0.0.1:${tls} `)
    .replaceAll('accounts.example.com', 'localhost')
    .replace('/etc/nginx/pockitflyer.pem', `${folder}/certificate.pem`)
    .replace('/etc/nginx/pockitflyer.key', `${folder}/key.pem`)
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
  const command = ['-p', folder, '-c', config, '-e', `${folder}/error.log`]
  return { command, check: [...command, '-t'], reload: [...command, '-s', 'reload'] }
}

async function writeCaddy(
  { folder, hosts, plain, tls }: Place,
  edit: (text: string) => string,
): Promise<Commands> {
  const ports = `admin off\n\thttp_port ${plain}\n\thttps_port ${tls}`
  const text = edit(await read('Caddyfile'))
    .replace('servers {', `${ports}\n\tservers {`)
    .replace(/^\{\$DOMAIN.*\{$/m, `localhost {\n\ttls ${folder}/certificate.pem ${folder}/key.pem`)
    .replaceAll(/\{\$API:.*?\}/g, hosts.api)
    .replaceAll(/\{\$WEB:.*?\}/g, hosts.web)
  const file = join(folder, 'Caddyfile')
  await writeFile(file, text)
  const config = ['--adapter', 'caddyfile', '--config', file]
  return { command: ['run', ...config], check: ['validate', ...config], reload: 'SIGUSR1' }
}

async function writeHaproxy(
  { folder, hosts, plain, tls }: Place,
  edit: (text: string) => string,
): Promise<Commands> {
  const text = edit(await read('haproxy.cfg'))
    .replace('bind :80\n', `bind 127.0.0.1:${plain}\n`)
    .replace('bind :443', `bind 127.0.0.1:${tls}`)
    .replace('/etc/haproxy/pockitflyer.pem', `${folder}/both.pem`)
    .replace('127.0.0.1:8000', hosts.api)
    .replace('127.0.0.1:3000', hosts.web)
  const file = join(folder, 'haproxy.cfg')
  await writeFile(file, text)
  return { command: ['-W', '-db', '-f', file], check: ['-c', '-f', file], reload: 'SIGUSR2' }
}
