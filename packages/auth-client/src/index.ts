export { createAuthClient, type AuthClient, type AuthClientOptions } from './client.ts'
export { findAuthError, type AuthErrorData } from './error.ts'
