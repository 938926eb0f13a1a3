import { type Case, fromExpected } from './cases.ts'
import { type Exchange, isRecord } from './exchange.ts'
import { type Answer, maskAnswer } from './mask.ts'
import type { Sender, TokenValues } from './send.ts'
import { makeToken, type OwnTokens } from './tokens.ts'

/** A server under test, and its signing key. */
export interface Server {
  sender: Sender
  secretKey: string
}

/** The user whose tokens are a server's own. */
const user = { email: 'test@example.com', password: 'TestPass123!' }

/**
 * Logs in and returns the tokens.
 * @throws {Error} when the server refuses: it lacks the users of the cases
 */
export async function logIn({ sender }: Server): Promise<OwnTokens> {
  const { status, text } = await sender.send({
    method: 'POST',
    path: '/api/users/login/',
    headers: { 'Content-Type': 'application/json' },
    body: { json: user },
  })
  const body: unknown = status === 200 ? JSON.parse(text) : undefined
  if (isRecord(body) && typeof body['access'] === 'string' && typeof body['refresh'] === 'string') {
    return { access: body['access'], refresh: body['refresh'] }
  }
  throw new Error(`${user.email} cannot log in: ${status} ${text.slice(0, 200)}`)
}

/**
 * Makes the tokens of an exchange. `own` may be empty for one that names none of the server's own.
 */
export function makeTokens({ tokens = {} }: Exchange, own: OwnTokens, secretKey: string): TokenValues {
  const made = Object.entries(tokens).map(([name, spec]): [string, string] => [
    name,
    makeToken(spec, { own, secretKey }),
  ])
  return { ...own, ...Object.fromEntries(made) }
}

/**
 * Sends a case's requests, the last of them for an answer. It logs in first when the case needs
 * tokens of the server's own.
 */
export async function askForCase(server: Server, recorded: Case): Promise<Answer> {
  const { before = [], request, answer } = recorded
  const needsLogin = /\{\{(access|refresh)\}\}|"changed"/.test(JSON.stringify(recorded))
  const own = needsLogin ? await logIn(server) : { access: '', refresh: '' }
  const tokens = makeTokens(recorded, own, server.secretKey)
  for (const earlier of before) await server.sender.send(earlier, tokens)
  return maskAnswer(await server.sender.send(request, tokens), Object.keys(answer.headers ?? {}))
}

/** A case whose answer differs from the recorded one. */
export interface Mismatch {
  name: string
  expected: Answer
  actual: Answer
}

/** Replays cases one after the other. */
export async function replay(server: Server, cases: Case[]): Promise<Mismatch[]> {
  const mismatches: Mismatch[] = []
  for (const recorded of cases) {
    const expected = fromExpected(recorded.answer)
    const actual = await askForCase(server, recorded)
    if (!isSame(expected, actual)) mismatches.push({ name: recorded.name, expected, actual })
  }
  return mismatches
}

/** Returns whether two answers are the same to a client. */
export function isSame(one: Answer, other: Answer): boolean {
  const sorted = ({ status, headers, text }: Answer) =>
    JSON.stringify([status, Object.entries(headers).toSorted(([a], [b]) => a.localeCompare(b)), text])
  return sorted(one) === sorted(other)
}
