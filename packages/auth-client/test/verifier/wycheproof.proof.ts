import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { expect, test } from 'vitest'
import { createVerifier, TokenError, type Verifier } from '../../src/verifier/index.ts'

/**
 * The test vectors of Wycheproof (C2SP) for JSON Web Signature, from the folder in WYCHEPROOF_DIR.
 * Their payloads are no claims, so a signature counts as accepted when what is said of the token is
 * about its claims.
 */

const folder = process.env['WYCHEPROOF_DIR']

interface Vector {
  tcId: number
  comment: string
  jws: string | object
  result: 'valid' | 'invalid'
}

interface Group {
  comment: string
  public?: JWK
  private: JWK
  tests: Vector[]
}

async function readGroups(): Promise<Group[]> {
  const text = await readFile(join(folder ?? '', 'json_web_signature_test.json'), 'utf8')
  const vectors: unknown = JSON.parse(text)
  if (!areVectors(vectors)) throw new Error('the file holds no groups of tests')
  return vectors.testGroups
}

function areVectors(value: unknown): value is { testGroups: Group[] } {
  return typeof value === 'object' && value !== null && 'testGroups' in value
}

/** A verifier with the key of a group; undefined when the key is refused at the start. */
function createGroupVerifier({ public: publicKey, private: { k } }: Group): Verifier | undefined {
  try {
    return publicKey === undefined
      ? createVerifier({ secret: Buffer.from(k ?? '', 'base64url') })
      : createVerifier({ publicKeys: [publicKey] })
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

async function judge(verifier: Verifier | undefined, { jws }: Vector): Promise<'valid' | 'invalid'> {
  if (verifier === undefined || typeof jws !== 'string') return 'invalid'
  const error: unknown = await verifier.verify(jws).catch((thrown: unknown) => thrown)
  if (!(error instanceof TokenError)) throw error
  const { cause } = error
  const isAboutClaims = cause instanceof Error && 'code' in cause && cause.code === 'ERR_JWT_INVALID'
  return isAboutClaims || error.code !== 'token_invalid' ? 'valid' : 'invalid'
}

/**
 * Where we differ, and why. Whole groups of algorithms that the service does not sign with are
 * refused by their keys.
 */
const explained: Record<number, string> = {
  367: 'byte for byte the valid vector 357: the padding that it is named after is lost',
  370: 'byte for byte the valid vector 357, too',
  372: 'has a character outside base64url, which RFC 7515 section 2 has no place for: refused',
  373: 'has one as well: refused',
}

const isOfOurAlgorithms = ({ private: { alg } }: Group) => ['HS256', 'ES256', 'RS256'].includes(alg ?? '')

test.skipIf(folder === undefined)(
  'the verifier agrees with Wycheproof (skipped without WYCHEPROOF_DIR)',
  async () => {
    const differences: number[] = []
    const ofOtherAlgorithms: string[] = []
    let agreements = 0
    for (const group of await readGroups()) {
      const verifier = createGroupVerifier(group)
      for (const vector of group.tests) {
        const verdict = await judge(verifier, vector)
        if (verdict === vector.result) agreements += 1
        else if (isOfOurAlgorithms(group)) differences.push(vector.tcId)
        else ofOtherAlgorithms.push(verdict)
      }
    }
    expect(differences).toEqual(Object.keys(explained).map(Number))
    expect(new Set(ofOtherAlgorithms)).toEqual(new Set(['invalid']))
    expect(agreements).toBeGreaterThan(350)
    expect(agreements + differences.length + ofOtherAlgorithms.length).toBe(401)
  },
)
