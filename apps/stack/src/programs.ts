import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Program } from './child.ts'

const apps = new URL('../../', import.meta.url)
const appDirectory = (name: string) => fileURLToPath(new URL(`${name}/`, apps))

/** The API as a program. */
export function apiProgram(env: NodeJS.ProcessEnv): Program {
  return { name: 'api', args: ['src/main.ts'], cwd: appDirectory('api'), env }
}

/** The web app as a program: `next dev` or `next start`. */
export function webProgram(command: 'dev' | 'start', port: number, env: NodeJS.ProcessEnv): Program {
  const next = createRequire(new URL('web/package.json', apps)).resolve('next/dist/bin/next')
  return { name: 'web', args: [next, command, '--port', String(port)], cwd: appDirectory('web'), env }
}
