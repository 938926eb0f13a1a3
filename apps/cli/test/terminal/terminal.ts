import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { bareEnvironment, hangMs, mainFile } from '../support/run-cli.ts'

/** Whether util-linux's `script` is there to make a pseudo-terminal. */
export const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
)

/** What to wait for on the screen, and what to type then. */
export type Dialogue = [shown: string, typed: string][]

/** Runs the real tool at a pseudo-terminal, and returns everything that the screen showed. */
export async function runAtTerminal(
  args: string[],
  { env, dialogue }: { env: Record<string, string>; dialogue: Dialogue },
): Promise<{ code: number | null; screen: string }> {
  const command = [process.execPath, mainFile, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: bareEnvironment({ TERM: 'xterm', ...env }),
    timeout: hangMs,
    killSignal: 'SIGKILL',
  })
  let screen = ''
  let seen = 0
  const rest = [...dialogue]
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen += chunk
    const [shown, typed] = rest[0] ?? []
    const at = shown === undefined ? -1 : screen.indexOf(shown, seen)
    if (shown === undefined || typed === undefined || at === -1) return
    seen = at + shown.length
    rest.shift()
    child.stdin.write(typed)
  })
  await once(child, 'close')
  child.stdin.destroy()
  return { code: child.exitCode, screen }
}
