import type { Registry } from 'prom-client'

/** Where metrics are counted, and what their names begin with, for example `auth`. */
export interface MetricsOptions {
  registry: Registry
  prefix: string
}

/** In seconds, for requests and jobs. */
export const slowBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
