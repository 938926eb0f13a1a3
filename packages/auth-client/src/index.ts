export type { AuthErrorCode, ServiceErrorData } from '@pockitflyer/auth-protocol/errors'
export { type AuthClient, type AuthClientOptions, createAuthClient } from './client/client.ts'
export {
  type AuthCallError,
  type AuthErrorData,
  findAuthError,
  isAuthError,
} from './client/error.ts'
export type * from './client/generated/procedures.ts'
export type { CallOptions, Mutation, Query } from './client/procedure.ts'
export { callWithRefresh, isTokenRefused, type RefreshableCall } from './client/refused-token.ts'
export type { LogOut } from './client/log-out.ts'
export type { TransportOptions } from './client/transport.ts'
export { createMemoryStore } from './stores/memory.ts'
export type { Change, StoredTokens, TokenStore } from './stores/store.ts'
