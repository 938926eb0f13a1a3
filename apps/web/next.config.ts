import type { NextConfig } from 'next'

const config: NextConfig = {
  // `pnpm types` checks them, also with the tests.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  skipTrailingSlashRedirect: true,
  agentRules: false,
  logging: { serverFunctions: false },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  experimental: { agentUpgrade: false },
  // Nothing here asks for another size of a picture: `/_next/image` would only work for strangers.
  images: { unoptimized: true },
}

export default config
