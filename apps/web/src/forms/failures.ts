import type { AuthErrorData } from '@pockitflyer/auth-client'
import { fillText, readTexts } from '../texts/texts.ts'
import { toPlainWords } from './plain-words.ts'

interface Issue {
  path: PropertyKey[]
  message: string
}

type Texts = Record<string, string | undefined>

/**
 * Returns the first issue of each field of an input. A field of a nested object has its own name.
 */
export function describeIssues(issues: Issue[]): Texts {
  return Object.fromEntries(
    issues.toReversed().map(({ path, message }) => {
      const field = String(path.at(-1))
      return [field, toPlainWords(field, message)]
    }),
  )
}

/**
 * Returns the texts for a failed call of the account service, by field; `form` for the rest, and
 * `wait` as in `FormErrors`. Without an answer, the service is unreachable.
 */
export function describeFailure(answer: AuthErrorData | undefined): Texts {
  const texts = readTexts().failures
  if (answer === undefined || answer.code === 'unavailable') return { form: texts.unreachable }
  const { code, fields, requestId, retryAfterSeconds = 60 } = answer
  if (fields !== undefined) {
    const issues = Object.entries(fields).flatMap(([name, messages]) =>
      messages.map((message) => ({ path: name.split('.'), message })),
    )
    return describeIssues(issues)
  }
  if (code === 'throttled') {
    const form = fillText(texts.throttled, { time: nameTime(retryAfterSeconds) })
    return { form, wait: String(retryAfterSeconds) }
  }
  if (code === 'overloaded') return { form: texts.overloaded }
  if (code === 'read_only') return { form: texts.readOnly }
  if (code === 'payload_too_large') return { form: texts.tooLarge }
  return { form: fillText(texts.ours, { number: requestId ?? 'none' }) }
}

function nameTime(seconds: number): string {
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}
