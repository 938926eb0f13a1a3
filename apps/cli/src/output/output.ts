import { errorCode } from '@pockitflyer/postgres-pool/error-code'
import { Failure } from '../failure.ts'
import { escapeControls } from './escape.ts'

/** The reader has closed the pipe (`| head`): no further output is needed. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed'
}

/** A stream that lines are printed to. */
export interface Output {
  stream: NodeJS.WritableStream
  /** Columns of the terminal; `undefined`: it is a pipe or a file. */
  columns: number | undefined
  /**
   * Prints escaped lines and resolves when the stream has accepted them.
   * @throws {OutputClosed} when the reader has closed the pipe
   * @throws {Failure} the stream cannot be written to, for example on a full disk
   */
  print(lines: readonly string[]): Promise<void>
}

/** Makes an output of a stream. */
export function createOutput(stream: NodeJS.WritableStream & { columns?: number }): Output {
  stream.on('error', () => {}) // Without a listener it would end the process; `print` fails as well.
  return {
    stream,
    columns: stream.columns,
    async print(lines) {
      const text = lines.map((line) => `${escapeControls(line)}\n`).join('')
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      stream.write(text, (error) => (error ? reject(toWriteError(error)) : resolve()))
      return promise
    },
  }
}

function toWriteError(error: Error): Error {
  if (/^(EPIPE|ECONNRESET|ERR_STREAM_DESTROYED)$/.test(errorCode(error) ?? '')) return new OutputClosed()
  return new Failure(`The output cannot be written: ${error.message}`, { cause: error })
}
