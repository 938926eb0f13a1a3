import { getEnvironment } from './environment.ts'

/** Stops a server whose environment is wrong at its start, not at its first visitor. */
export function checkEnvironment(): void {
  try {
    getEnvironment()
  } catch (error) {
    process.stderr.write(
      `The web app cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(1)
  }
}
