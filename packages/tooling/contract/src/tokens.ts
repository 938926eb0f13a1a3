import { createHmac, randomUUID } from 'node:crypto'
import { isRecord, type TokenSpec } from './exchange.ts'

/** Tokens of a server's own, from a login. */
export interface OwnTokens {
  access: string
  refresh: string
}

/** The source of a token: the server's own tokens, and its signing key. */
export interface TokenSource {
  own: OwnTokens
  secretKey: string
}

/** Creates the specified token. */
export function makeToken(spec: TokenSpec, { own, secretKey }: TokenSource): string {
  if ('text' in spec)
    return spec.text.replace(/\{\{(access|refresh)\}\}/g, (_, name: string) => ownToken(own, name))
  if ('changed' in spec) return changeClaims(own[spec.changed], spec.claims)
  const { mint, without = [], header = {}, key = secretKey, length } = spec
  const given = { ...simplejwtClaims(), ...resolveTimes(mint) }
  const claims = Object.fromEntries(Object.entries(given).filter(([name]) => !without.includes(name)))
  return signToLength({ claims, header: { alg: 'HS256', typ: 'JWT', ...header }, key }, length ?? 0)
}

/** Returns the claims of a token; undefined for any other text. */
export function readClaims(token: string): Record<string, unknown> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return isRecord(claims) ? claims : undefined
  } catch {
    return undefined
  }
}

function ownToken(own: OwnTokens, name: string): string {
  return name === 'access' ? own.access : own.refresh
}

function simplejwtClaims(): Record<string, unknown> {
  const now = epochSeconds()
  const jti = randomUUID().replaceAll('-', '')
  return { token_type: 'access', exp: now + 600, iat: now, jti, user_id: 1, email: 'test@example.com' }
}

function resolveTimes(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      const offset = isRecord(value) ? value['secondsFromNow'] : undefined
      return [name, typeof offset === 'number' ? epochSeconds() + offset : value]
    }),
  )
}

function changeClaims(token: string, claims: Record<string, unknown>): string {
  const [header = '', , signature = ''] = token.split('.')
  return [header, encode({ ...readClaims(token), ...resolveTimes(claims) }), signature].join('.')
}

interface Unsigned {
  claims: Record<string, unknown>
  header: Record<string, unknown>
  key: string
}

function signToLength(unsigned: Unsigned, length: number): string {
  const token = sign(unsigned)
  if (token.length >= length) return token
  const { padding } = unsigned.claims
  const longer = `${typeof padding === 'string' ? padding : ''}${'x'.repeat(Math.max(1, Math.floor((length - token.length) / 2)))}`
  return signToLength({ ...unsigned, claims: { ...unsigned.claims, padding: longer } }, length)
}

const hashes: Record<string, string> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

function sign({ claims, header, key }: Unsigned): string {
  const content = `${encode(header)}.${encode(claims)}`
  const hash = hashes[String(header['alg'])]
  return `${content}.${hash === undefined ? '' : createHmac(hash, key).update(content).digest('base64url')}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function epochSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
