import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

/**
 * The log of a server: a line of JSON for each event, times in UTC. Of an error of PostgreSQL's the
 * parts that may quote a row (the hash of a password stands in one) are left out: `detail`, `where`
 * and `internalQuery`. It goes to standard output unless another destination is given.
 */
export function createLog(level: string, destination: DestinationStream = createDestination()): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: {
        err: pino.stdSerializers.wrapErrorSerializer(
          ({ detail: _detail, where: _where, internalQuery: _query, ...error }) => error,
        ),
      },
    },
    destination,
  )
}

/**
 * Longest time that a line waits to be written with others, in milliseconds: a killed process loses
 * that much of its log.
 */
const gatherMs = 100

/**
 * Standard output, some lines at a time, 4 kB at most: to write each line of a request by itself
 * costs as much processor time as a statement. With 16 kB, pino's writer, which counts the bytes of
 * all gathered lines at each new one, would copy 6 kB for every request. A warning or worse is
 * written at once, and so is what is left when the process exits. `flushSync` would retry for ever
 * when the reader is gone: `flush` does not.
 */
function createDestination() {
  const output = pino.destination({ minLength: 4000, periodicFlush: gatherMs, sync: true })
  process.once('exit', () => output.flush())
  return {
    /** Asks pino to tell the level of each line. */
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string): void {
      output.write(line)
      if (this.lastLevel >= warning) output.flush()
    },
    flush: () => output.flush(),
  }
}

const warning = pino.levels.values['warn'] ?? 40
