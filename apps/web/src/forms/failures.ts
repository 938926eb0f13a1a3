import type { AuthErrorData } from '@pockitflyer/auth-client'
import { readTexts } from '../texts/texts.ts'

interface Issue {
  path: PropertyKey[]
  message: string
}

type Texts = Record<string, string | undefined>

/** The text for input over the size limit. */
export const tooLarge = 'That is more text than we can take. Please shorten it.'

/** The text for an unreachable service. */
export const unreachable = 'We cannot reach our service right now. Please try again in a moment.'

/**
 * Returns the first issue of each field of an input. A field of a nested object has its own name.
 */
export function describeIssues(issues: Issue[]): Texts {
  return Object.fromEntries(issues.toReversed().map(({ path, message }) => [String(path.at(-1)), message]))
}

/**
 * Returns the texts for a failed call of the account service, by field; `form` for the rest.
 * Without an answer, the service is unreachable.
 */
export function describeFailure(answer: AuthErrorData | undefined): Texts {
  if (answer === undefined || answer.code === 'unavailable') {
    return { form: unreachable }
  }
  const { code, fields, requestId, retryAfterSeconds = 60 } = answer
  if (fields !== undefined) {
    const issues = Object.entries(fields).flatMap(([name, texts]) =>
      texts.map((message) => ({ path: name.split('.'), message })),
    )
    return describeIssues(issues)
  }
  if (code === 'throttled') return { form: `That was too often. Please wait ${nameTime(retryAfterSeconds)}.` }
  if (code === 'overloaded') return { form: 'Many people are here right now. Please try again in a moment.' }
  if (code === 'read_only') return { form: readTexts().failures.readOnly }
  if (code === 'payload_too_large') return { form: tooLarge }
  return {
    form: `Something went wrong on our side. Please try again. Our number for it: ${requestId ?? 'none'}`,
  }
}

function nameTime(seconds: number): string {
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}
