import type { NextConfig } from 'next'

const config: NextConfig = {
  // What its server needs, in a folder: `apps/api/deploy/build-folder.sh` takes it from there.
  output: 'standalone',
  // `pnpm types` checks them, together with the tests.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  skipTrailingSlashRedirect: true,
  agentRules: false,
  logging: { serverFunctions: false },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  experimental: { agentUpgrade: false },
  // Password managers open it to change a password (W3C, A Well-Known URL for Changing Passwords).
  redirects: () => [
    { source: '/.well-known/change-password', destination: '/account/password', permanent: false },
  ],
  // No page uses other picture sizes: without this only strangers would use `/_next/image`.
  images: { unoptimized: true },
}

export default config
