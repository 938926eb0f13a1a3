import { Histogram } from 'prom-client'
import type { Job } from './instrument.ts'
import { type MetricsOptions, slowBuckets } from './metrics-options.ts'

/**
 * Counts and times each job by name and outcome. The metric exists from the first job on. Its label
 * is `task`: Prometheus itself labels every sample with a `job`.
 */
export function countJobs({ registry, prefix }: MetricsOptions) {
  let jobs: Histogram<'task' | 'outcome'> | undefined
  return async <Result>({ name }: Job, run: () => Promise<Result>): Promise<Result> => {
    jobs ??= new Histogram({
      name: `${prefix}_job_duration_seconds`,
      help: 'Jobs that ended, by outcome: ok or failed.',
      labelNames: ['task', 'outcome'],
      buckets: slowBuckets,
      registers: [registry],
    })
    const startedAt = performance.now()
    let outcome = 'failed'
    try {
      const result = await run()
      outcome = 'ok'
      return result
    } finally {
      jobs.observe({ task: name, outcome }, (performance.now() - startedAt) / 1000)
    }
  }
}
