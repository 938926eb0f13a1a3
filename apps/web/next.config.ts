import type { NextConfig } from 'next'
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js'
import { fixedSecurityHeaders } from './src/security/fixed-headers.ts'

/** Everything but what belongs to the API, whose answers pass unchanged. */
const ownPaths = '/((?!api/|\\.well-known/).*)'

export default function createConfig(phase: string): NextConfig {
  const isProduction = phase !== PHASE_DEVELOPMENT_SERVER
  return {
    poweredByHeader: false,
    skipTrailingSlashRedirect: true,
    agentRules: false,
    logging: { serverFunctions: false },
    allowedDevOrigins: ['127.0.0.1', 'localhost'],
    experimental: { agentUpgrade: false },
    headers: async () => [{ source: ownPaths, headers: fixedSecurityHeaders(isProduction) }],
  }
}
