import { z } from 'zod'
import { logLevel, port } from './values.ts'

/**
 * The settings of the log, the metrics and the traces of a process, by the names of their
 * environment variables. The name is the one in traces unless `OTEL_SERVICE_NAME` gives another.
 */
export const watchSettings = (serviceName: string) =>
  z
    .object({
      LOG_LEVEL: logLevel,
      METRICS_PORT: port.optional(),
      METRICS_HOST: z.string().default('127.0.0.1'),
      OTEL_EXPORTER_OTLP_ENDPOINT: z
        .string()
        .regex(/^https?:\/\//, 'must begin with http:// or https://')
        .optional(),
      OTEL_SERVICE_NAME: z.string().default(serviceName),
    })
    .transform((settings) => ({
      logLevel: settings.LOG_LEVEL,
      /** Where Prometheus finds the metrics; `undefined`: nothing is counted. */
      metrics:
        settings.METRICS_PORT === undefined
          ? undefined
          : { host: settings.METRICS_HOST, port: settings.METRICS_PORT },
      /** The collector that traces are sent to; `undefined`: nothing is traced. */
      traces:
        settings.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
          ? undefined
          : { endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: settings.OTEL_SERVICE_NAME },
    }))

export type WatchSettings = Omit<z.output<ReturnType<typeof watchSettings>>, 'logLevel'>
