import jwt, {
  type Algorithm,
  type GetPublicKeyOrSecret,
  type JwtPayload,
  type VerifyOptions,
} from 'jsonwebtoken'
import library from 'jsonwebtoken/package.json' with { type: 'json' }
import { JwksClient } from 'jwks-rsa'
import { answerLines } from './lines.ts'

/** Verifies access tokens with jsonwebtoken and jwks-rsa, as a service in Node.js would. */
const { ALGORITHM, SECRET_KEY, JWK_URL = '', ISSUER, AUDIENCE } = process.env

/** jsonwebtoken does not support EdDSA. */
const algorithms: Algorithm[] = ['ES256', 'HS256', 'RS256']

const options: VerifyOptions = {
  algorithms: algorithms.filter((algorithm) => algorithm === ALGORITHM),
  ...(ISSUER === undefined ? {} : { issuer: ISSUER }),
  ...(AUDIENCE === undefined ? {} : { audience: AUDIENCE }),
}

const jwks = new JwksClient({ jwksUri: JWK_URL })

const findKey: GetPublicKeyOrSecret = ({ kid }, done) => {
  jwks.getSigningKey(kid, (error, key) => done(error, key?.getPublicKey()))
}

function verify(token: string): Promise<JwtPayload> {
  const { promise, resolve, reject } = Promise.withResolvers<JwtPayload>()
  jwt.verify(token, SECRET_KEY ?? findKey, options, (error, claims) => {
    if (error !== null) reject(error)
    else if (isAccessToken(claims)) resolve(claims)
    else reject(new TypeError('not an access token'))
  })
  return promise
}

function isAccessToken(claims: JwtPayload | string | undefined): claims is JwtPayload {
  return typeof claims === 'object' && claims['token_type'] === 'access' && claims.exp !== undefined
}

await answerLines({ library: `jsonwebtoken ${library.version}`, algorithms, verify })
