import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Exchange, isRecord } from './exchange.ts'
import type { Answer } from './mask.ts'

/**
 * The answer that a case expects: its body as JSON written without spaces, or as the text itself.
 */
export interface ExpectedAnswer {
  status: number
  headers?: Record<string, string>
  body?: unknown
  text?: string
}

/**
 * A recorded case: the answer of the Django service or, where `differs` has the reason, this
 * service's own.
 */
export interface Case extends Exchange {
  name: string
  answer: ExpectedAnswer
  differs?: string
}

/** The recorded cases of this project. */
export const casesDir = join(import.meta.dirname, '../cases')

/**
 * Reads every case of a folder, file by file in the order of their names.
 * @throws {TypeError} for an invalid case, and for two with one name
 */
export function readCases(dir: string = casesDir): Case[] {
  const cases = caseFiles(dir).flatMap(({ cases }) => cases)
  const names = cases.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new TypeError(`two cases are named "${twice}"`)
  return cases
}

/**
 * Asks for each case of a folder again and writes the answers into its files. Intended differences
 * stay.
 */
export async function recordCases(dir: string, ask: (recorded: Case) => Promise<Answer>): Promise<number> {
  let count = 0
  for (const { path, cases } of caseFiles(dir)) {
    for (const recorded of cases) {
      if (recorded.differs !== undefined) continue
      recorded.answer = toExpected(await ask(recorded))
      count += 1
    }
    writeFileSync(path, `${JSON.stringify(cases, null, 2)}\n`)
  }
  return count
}

/** Returns the answer that a case expects, in the form that answers are compared in. */
export function fromExpected({ status, headers = {}, body, text }: ExpectedAnswer): Answer {
  return { status, headers, text: text ?? (body === undefined ? '' : JSON.stringify(body)) }
}

function toExpected({ status, headers, text }: Answer): ExpectedAnswer {
  const body = parse(text)
  if (body !== undefined && JSON.stringify(body) === text) return { status, headers, body }
  return text === '' ? { status, headers } : { status, headers, text }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function caseFiles(dir: string): { path: string; cases: Case[] }[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => {
      const path = join(dir, file)
      const cases: unknown = JSON.parse(readFileSync(path, 'utf8'))
      if (Array.isArray(cases) && cases.every(isCase)) return { path, cases }
      throw new TypeError(`${file} holds something that is no case`)
    })
}

function isCase(value: unknown): value is Case {
  if (!isRecord(value) || typeof value['name'] !== 'string') return false
  const { request, answer } = value
  return (
    isRecord(request) &&
    typeof request['path'] === 'string' &&
    isRecord(answer) &&
    typeof answer['status'] === 'number'
  )
}
