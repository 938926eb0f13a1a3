import { z } from 'zod'
import { findPortFault } from './port.ts'

const secondsPer: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400 }

/** Returns the seconds of a whole number and a unit. */
const toSeconds = (span: string) => Number(span.slice(0, -1)) * (secondsPer[span.slice(-1)] ?? Number.NaN)

/** Longest duration: PostgreSQL's timestamps and the age of a cookie have limits. */
const longestDurationSeconds = 3650 * 86400

/** A span of time, such as `15m`, in seconds. */
export const duration = (example: string) =>
  z
    .string()
    .regex(/^\d{1,9}[smhd]$/, `must be a whole number and a unit (s, m, h or d), for example ${example}`)
    .transform(toSeconds)
    .refine((value) => value <= longestDurationSeconds, 'must be at most ten years, 3650d')

/** A span of time above zero. */
export const positiveDuration = (example: string) =>
  duration(example).refine((value) => value > 0, 'must be more than 0')

/** `true` or `false`. */
export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')

/** A whole number from `min` to `max`. */
export const count = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
}

/** A count within a span, such as `20/1h`. The example is the default. */
export const rate = (example: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}\/[1-9]\d{0,6}[smhd]$/, `must be how often in how long, for example ${example}`)
    .transform((text) => {
      const [count, span = ''] = text.split('/')
      return { count: Number(count), seconds: toSeconds(span) }
    })
    .refine(({ seconds }) => seconds <= longestDurationSeconds, 'must be within ten years, 3650d, at most')
    .prefault(example)

/** A whole number of seconds, such as `15s`, from 1 to 9999. The example is the default. */
export const seconds = (example: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,3}s$/, `must be a whole number of seconds and an s, for example ${example}`)
    .transform(toSeconds)
    .prefault(example)

/** Returns a zod check from a function that returns what is wrong with a text, or `undefined`. */
export function refuse(findProblem: (text: string) => string | undefined) {
  return (text: string, context: z.RefinementCtx) => {
    const problem = findProblem(text)
    if (problem !== undefined) context.addIssue(problem)
  }
}

/** A port of this machine; 0 stands for any free one. */
export const port = z.string().superRefine(refuse(findPortFault)).transform(Number)

/** The URL of an HTTP server. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((text) => new URL(text))

/** The lowest level that the log has lines of. Default: `info`. */
export const logLevel = z
  .enum(
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
    'must be fatal, error, warn, info, debug or silent',
  )
  .default('info')
