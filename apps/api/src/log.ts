import { type Logger, pino } from 'pino'

/**
 * The API's log: a line of JSON for each event, times in UTC. Of an error of PostgreSQL's the parts that may quote a row (the hash of a
 * password stands in one) are left out: `detail`, `where` and `internalQuery`.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: pino.stdSerializers.wrapErrorSerializer(
        ({ detail: _detail, where: _where, internalQuery: _query, ...error }) => error,
      ),
    },
  })
}
