import { execFileSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRecord } from '../src/exchange.ts'
import { answerLines } from './lines.ts'

/**
 * Verifies access tokens with the command `jwt` of golang-jwt. The command checks signature and
 * times with the key in a file. This script finds the key and checks the header and the other
 * claims.
 */
const { ALGORITHM = '', SECRET_KEY, JWK_URL = '', ISSUER, AUDIENCE } = process.env

const dir = mkdtempSync(join(tmpdir(), 'golang-jwt-'))
process.on('exit', () => rmSync(dir, { recursive: true }))

async function verify(token: string): Promise<Record<string, unknown>> {
  const header = parse(Buffer.from(token.replace(/\..*/, ''), 'base64url').toString())
  const keyFile = join(dir, 'key')
  writeFileSync(keyFile, SECRET_KEY ?? (await findPublicKey(header['kid'])))
  const claims = parse(runJwt(['-alg', ALGORITHM, '-key', keyFile, '-compact', '-verify', '-'], token))
  const isOurs =
    header['alg'] === ALGORITHM &&
    claims['iss'] === ISSUER &&
    claims['aud'] === AUDIENCE &&
    typeof claims['exp'] === 'number' &&
    claims['token_type'] === 'access'
  if (!isOurs) throw new TypeError('not an access token')
  return claims
}

async function findPublicKey(kid: unknown): Promise<string> {
  const { keys } = parse(await (await fetch(JWK_URL)).text())
  const found: unknown = Array.isArray(keys) ? keys.find((key) => isRecord(key) && key['kid'] === kid) : []
  if (!isRecord(found)) throw new TypeError('no such key')
  return createPublicKey({ key: found, format: 'jwk' }).export({ format: 'pem', type: 'spki' }).toString()
}

function runJwt(args: string[], input: string): string {
  return execFileSync('jwt', args, { input, encoding: 'utf8', stdio: 'pipe' })
}

function parse(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text)
  if (!isRecord(value)) throw new TypeError('not an object')
  return value
}

if (process.argv.includes('--describe')) runJwt(['-alg', 'none', '-compact', '-sign', '-'], '{}')
await answerLines({ library: 'golang-jwt', algorithms: ['ES256', 'EdDSA', 'HS256', 'RS256'], verify })
