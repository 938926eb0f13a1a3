import { createInterface } from 'node:readline'
import { isRecord } from '../src/exchange.ts'

/** A library that verifies tokens. */
interface Library {
  library: string
  /** Those of the service that it knows. */
  algorithms: string[]
  /**
   * Returns the claims of an access token.
   * @throws the library's error for a token that it refuses
   */
  verify: (token: string) => Promise<unknown>
}

/** Describes the library, or answers each line with claims or a refusal: see README.md. */
export async function answerLines({ library, algorithms, verify }: Library): Promise<void> {
  if (process.argv.includes('--describe')) {
    write({ library, algorithms })
    return
  }
  for await (const line of createInterface({ input: process.stdin })) {
    write(await answer(line, verify))
  }
}

async function answer(line: string, verify: Library['verify']): Promise<object> {
  const asked: unknown = JSON.parse(line)
  if (!isRecord(asked)) throw new TypeError('a line is an object')
  try {
    return { ok: true, claims: await verify(String(asked['token'])) }
  } catch (error) {
    return { ok: false, error: String(error) }
  }
}

function write(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
