import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { isRecord } from '../../src/exchange.ts'
import { environment, type Program } from './programs.ts'

/** What a program says of a token: its claims, or why it refuses it. */
export type Verdict = { ok: true; claims: unknown } | { ok: false; error: string }

/** A program that runs. */
export interface Verifier {
  /** Asks for one token; the next may be asked for when the verdict is there. */
  check(token: string): Promise<Verdict>
  stop(): Promise<void>
}

/** Starts a program with settings that have SimpleJWT's names. */
export function startVerifier(program: Program, settings: Record<string, string>): Verifier {
  const child = spawn(program.command, program.args, { env: environment(settings) })
  const closed = once(child, 'close')
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let complaint = ''
  child.stderr.on('data', (data) => (complaint += String(data)))
  child.stdin.on('error', () => undefined)
  return {
    async check(token) {
      child.stdin.write(`${JSON.stringify({ token })}\n`)
      const answer = await answers.next()
      if (answer.done === true) throw new Error(`${program.name} ended: ${complaint}`)
      return parseVerdict(answer.value)
    },
    async stop() {
      child.stdin.end()
      await closed
    },
  }
}

function parseVerdict(line: string): Verdict {
  const answer: unknown = JSON.parse(line)
  if (!isRecord(answer)) throw new TypeError(`not a verdict: ${line}`)
  const { ok, claims, error } = answer
  return ok === true ? { ok, claims } : { ok: false, error: String(error) }
}
