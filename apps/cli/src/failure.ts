/** The command was refused or failed; `message` tells the operator what to do. Exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** The command line is invalid. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * The command found a problem and has printed it in its results. Exit code 1, without further
 * output.
 */
export class ReportedError extends Error {
  override readonly name = 'ReportedError'
}

/** The operator cancelled a prompt. Exit code 130, as after Ctrl-C, without output. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}
