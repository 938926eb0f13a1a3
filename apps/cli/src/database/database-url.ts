/** Reads a PostgreSQL URL as node-postgres does, which lets the host be absent. */
export function parseDatabaseUrl(url: string): URL | undefined {
  return URL.parse(url.replaceAll(' ', '%20').replace('@/', '@localhost/')) ?? undefined
}

/** The `host:port` of a PostgreSQL URL, fit to be shown: it holds neither user nor password. */
export function databaseAddress(url: string): string {
  const parsed = parseDatabaseUrl(url)
  const host = parsed?.searchParams.get('host') || parsed?.hostname || 'localhost'
  const port = parsed?.searchParams.get('port') || parsed?.port || '5432'
  return `${host}:${port}`
}
