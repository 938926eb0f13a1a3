import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, type Program, startChild } from './child.ts'
import { apiProgram, webProgram } from './programs.ts'
import { waitUntilReady } from './wait.ts'

/** The composition of production on one machine: the API, and the web app in front of it. */

/** How long a program may take to answer for the first time, in milliseconds. */
const readyLimitMs = 30_000

/** How long a program may take to finish what it is doing, in milliseconds: the API itself allows 10 seconds. */
const stopLimitMs = 12_000

const children: Child[] = []
let isStopping = false

async function stop(exitCode: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await Promise.all(children.toReversed().map((child) => child.stop(stopLimitMs)))
  process.exit(exitCode)
}

async function fail(reason: string): Promise<void> {
  if (isStopping) return
  process.stderr.write(`${reason}\n`)
  await stop(1)
}

async function startProgram(program: Program, readyUrl: string): Promise<void> {
  const child = startChild(program, (line) => process.stdout.write(`${line}\n`))
  children.push(child)
  await waitUntilReady(readyUrl, { ended: child.ended, limitMs: readyLimitMs })
  void child.ended.then((how) => fail(how))
}

async function main(): Promise<void> {
  const { PORT = '8000', WEB_PORT = '3000' } = process.env
  const web = webProgram('start', Number(WEB_PORT), {
    ...process.env,
    NODE_ENV: 'production',
    API_URL: process.env['API_URL'] ?? `http://127.0.0.1:${PORT}`,
  })
  if (!existsSync(join(web.cwd, '.next/BUILD_ID')))
    throw new Error('The web app is not built. Run: pnpm build')

  await startProgram(
    apiProgram({ ...process.env, NODE_ENV: 'production' }),
    `http://127.0.0.1:${PORT}/healthz`,
  )
  await startProgram(web, `http://127.0.0.1:${WEB_PORT}/login`)
  process.stdout.write(
    `The web app listens at http://localhost:${WEB_PORT}, the API at http://localhost:${PORT}.\n`,
  )
}

process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
await main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
