export { readBearerToken } from './bearer.ts'
export {
  type ClaimsErrorCode,
  generationMax,
  readClaims,
  readSession,
  readUntypedClaims,
  readUser,
  type Refused,
  type TokenClaims,
  type TokenType,
} from './claims.ts'
export { isCompact, tokenMaxBytes } from './compact.ts'
export { decodePayload } from './decode-payload.ts'
