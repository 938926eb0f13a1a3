/** The web app's own settings, and the variables of Node.js, Next.js and system libraries. */
const allowed = `
  WEB_HOST WEB_PORT API_URL FLYERS_URL TRUSTED_PROXIES KEEP_ALIVE_TIMEOUT
  HELP_URL TERMS_URL PRIVACY_URL LANGUAGES
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY NEXT_DEPLOYMENT_ID NEXT_TELEMETRY_DISABLED
  NODE_ENV NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_COMPILE_CACHE UV_THREADPOOL_SIZE
  PATH HOME USER TMPDIR TZ LANG LC_ALL LD_LIBRARY_PATH
  SSL_CERT_FILE SSL_CERT_DIR TERM FORCE_COLOR NO_COLOR CI DEBUG
`
  .trim()
  .split(/\s+/)

/**
 * Returns the part of the environment that the web app may have. The process that renders pages
 * holds no key, no password and no database URL, even if its environment has them.
 */
export function pickAllowed(variables: Record<string, string | undefined>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of allowed) {
    const value = variables[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}
