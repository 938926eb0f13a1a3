import { execFile, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findFreePort } from '@pockitflyer/server/testing'
import { parse } from 'yaml'
import { z } from 'zod'
import { deployFolder } from './build.ts'
import { createSend } from './tls-proxy.ts'
import type { Site } from './web-login.ts'

const run = promisify(execFile)
const read = (name: string) => readFile(join(deployFolder, name), 'utf8')

const composeFile = z.object({ services: z.record(z.string(), z.object({ image: z.string().optional() })) })

/** Whether a Docker engine runs here and has the images that Dockerfile and compose.yaml name. */
export async function hasImages(): Promise<boolean> {
  const bases = Array.from((await read('Dockerfile')).matchAll(/^FROM (\S+:\S+) /gm), ([, name = '']) => name)
  const { services } = composeFile.parse(parse(await read('compose.yaml'), { merge: true }))
  const images = Object.values(services).flatMap(({ image }) => image ?? [])
  return spawnSync('docker', ['image', 'inspect', ...bases, ...images]).status === 0
}

/** What `docker inspect` tells of a container. */
const container = z.object({
  Id: z.string(),
  State: z.object({ ExitCode: z.number(), Health: z.object({ Status: z.string() }) }),
  Config: z.object({ User: z.string() }),
  HostConfig: z.object({ ReadonlyRootfs: z.boolean() }),
})

/** The containers of compose.yaml, under a name of their own. */
export interface Containers extends Site {
  /** Runs `docker compose` with the rest of a shell's line, and returns its output. */
  compose: (words: string) => Promise<string>
  inspect: (service: string) => Promise<z.output<typeof container>>
  /** Lets the next build make other images, as another version does. */
  changeImages: () => Promise<void>
  remove: () => Promise<void>
}

/** Writes the settings of example.env, and Caddy's port. Nothing runs yet. */
export async function createContainers(): Promise<Containers> {
  const folder = await mkdtemp(join(tmpdir(), 'containers-'))
  const settings = join(folder, 'settings')
  const changes = join(folder, 'changes.yaml')
  const port = await findFreePort()
  const writeChanges = (version: string) => writeFile(changes, changesOf(port, version))
  await writeFile(settings, fillIn(await read('example.env')))
  await writeChanges('1')

  const files = `--env-file ${settings} --file ${join(deployFolder, 'compose.yaml')} --file ${changes}`
  async function compose(words: string): Promise<string> {
    const line = `docker compose --project-name pockitflyer-test ${files} ${words}`
    const { stdout } = await run('sh', ['-c', line], { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
    return stdout
  }
  const url = `https://localhost:${port}`
  return {
    url,
    async send(path, options) {
      const certificate = join(folder, 'root.crt')
      await compose(`cp caddy:/data/caddy/pki/authorities/local/root.crt ${certificate}`)
      return createSend(url, certificate)(path, options)
    },
    compose,
    async inspect(service) {
      const id = (await compose(`ps --all --quiet ${service}`)).trim()
      const [found] = z.tuple([container]).parse(JSON.parse((await run('docker', ['inspect', id])).stdout))
      return found
    },
    changeImages: () => writeChanges('2'),
    async remove() {
      await compose('down --volumes --rmi local')
      await rm(folder, { recursive: true })
    },
  }
}

/** For `localhost`, Caddy signs the certificate itself. */
function fillIn(example: string): string {
  const key = (name: string) => `${name}${randomBytes(32).toString('hex')}`
  return example.replace(/^DOMAIN=.*/m, 'DOMAIN=localhost').replaceAll(/^(?:\w+_KEY|\w+_PASSWORD)=/gm, key)
}

function changesOf(port: number, version: string): string {
  const labels = ['migrate', 'api', 'worker', 'web'].map(
    (name) => `  ${name}: { build: { labels: { version: '${version}' } } }`,
  )
  return `services:\n  caddy: { ports: !override ['127.0.0.1:${port}:443'] }\n${labels.join('\n')}\n`
}
