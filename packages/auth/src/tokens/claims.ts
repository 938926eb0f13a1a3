import type { TokenClaims as Claims } from '@pockitflyer/auth-protocol/claims'

/** The claims of a token whose signature and times were found right. */
export interface TokenClaims extends Claims {
  /**
   * The allowance that its times were judged with, in seconds: those of its session are judged with
   * the same.
   */
  leewaySeconds: number
}
