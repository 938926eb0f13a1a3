export { type AuthClient, type AuthClientOptions, createAuthClient } from './client/client.ts'
export {
  type AuthCallError,
  type AuthErrorCode,
  type AuthErrorData,
  findAuthError,
  isAuthError,
  type ServiceErrorData,
} from './client/error.ts'
export type * from './client/procedures.ts'
export type { SignOut } from './client/sign-out.ts'
export type { TransportOptions } from './client/transport.ts'
export { createMemoryStore } from './stores/memory.ts'
export type { Change, StoredTokens, TokenStore } from './stores/store.ts'
