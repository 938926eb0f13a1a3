import { spawn, type SpawnOptionsWithoutStdio } from 'node:child_process'
import { once } from 'node:events'

/** A program that runs beside a test. */
export interface RunningProgram {
  /** Returns its output so far. */
  output(): string
  /**
   * Resolves to the first group of the expression, when the output has it.
   * @throws {Error} with the output, when the program ends before
   */
  says(expression: RegExp): Promise<string>
  stop(): Promise<void>
}

/** Starts a program in a process group of its own, so that it stops with its children. */
export function startProgram(
  file: string,
  args: string[],
  options: SpawnOptionsWithoutStdio,
): RunningProgram {
  const child = spawn(file, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'close')
  let output = ''
  const collect = (data: unknown) => (output += String(data))
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return {
    output: () => output,
    says: (expression) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = expression.exec(output)
          if (found !== null) resolve(found[1] ?? '')
        }
        child.stdout.on('data', look)
        child.stderr.on('data', look)
        void exited.then(() => reject(new Error(`${file} ended: ${output}`)))
        look()
      }),
    async stop() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
      await exited
    },
  }
}
