import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A server of pages, as a process of its own. */
export interface PageServer extends AsyncDisposable {
  url: string
  pid: number
}

const web = new URL('../../../../../apps/web/', import.meta.url)
const next = createRequire(web).resolve('next/dist/bin/next')
const emptyApp = new URL('test/empty-app/', web)
/** Within the web app's folder, so that it finds Next.js; no test builds there. */
const emptyBuild = fileURLToPath(new URL('.next/empty-page/', web))

/** Starts the built web app as `pnpm start:web` does, in front of the API at `apiUrl`. */
export async function startWeb(apiUrl: string): Promise<PageServer> {
  if (!existsSync(new URL('.next/BUILD_ID', web))) throw new Error('Build the web app first: pnpm build')
  return start([fileURLToPath(new URL('src/serve.ts', web))], { API_URL: apiUrl, WEB_PORT: '0' })
}

/** Builds an app of Next.js with one page that renders a word. */
export async function buildEmptyPage(): Promise<void> {
  await cp(emptyApp, emptyBuild, { recursive: true })
  await writeFile(`${emptyBuild}package.json`, '{ "type": "module" }')
  execFileSync(process.execPath, [next, 'build', emptyBuild], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Starts that app as `next start` does. */
export async function startEmptyPage(): Promise<PageServer> {
  return start([next, 'start', emptyBuild, '--port', '0', '--hostname', '127.0.0.1'], {})
}

async function start(args: string[], settings: Record<string, string>): Promise<PageServer> {
  const env = { NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1', ...settings }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  return {
    url: await readUrl(child),
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new TypeError('the server has no standard output')
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /(?:Local:\s+|listens at )http:\/\/[^:]+:(\d+)/.exec(line)?.[1]
    if (port !== undefined) {
      child.stdout.resume()
      return `http://127.0.0.1:${port}`
    }
  }
  throw new Error('The server ended before it listened.')
}
