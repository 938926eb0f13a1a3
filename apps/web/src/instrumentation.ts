/** Runs once when the server starts. */
export async function register(): Promise<void> {
  // oxlint-disable-next-line node/no-process-env -- a constant of the compiler, which builds this file for two runtimes
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { start } = await import('./start.ts')
  start()
}
