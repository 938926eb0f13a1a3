/**
 * The command was refused or failed, and the operator can tell from `message` what to do. Exit code
 * 1.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** The command was called in a way that cannot work. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * The command found something wrong and has said so in its results. Exit code 1, without another
 * word.
 */
export class ReportedError extends Error {
  override readonly name = 'ReportedError'
}

/** The operator broke off at a prompt. Exit code 130, as after Ctrl-C, without a word. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}
