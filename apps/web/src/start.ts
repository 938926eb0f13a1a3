import { settleClientAddresses } from './client-address.ts'
import { type Environment, getEnvironment } from './environment.ts'

/** Prepares a server that starts. One whose environment is wrong stops now, not at its first visitor. */
export function start(): void {
  settleClientAddresses(getEnvironmentOrExit().isTrustedProxy)
}

function getEnvironmentOrExit(): Environment {
  try {
    return getEnvironment()
  } catch (error) {
    process.stderr.write(
      `The web app cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(1)
  }
}
