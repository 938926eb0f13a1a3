import type { AuthErrorData } from '@pockitflyer/auth-client'
import type { Language } from '@pockitflyer/languages'
import { readLanguage } from '../language/read-language.ts'
import { localeOf } from '../texts/locale.ts'
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
export async function describeIssues(issues: Issue[]): Promise<Texts> {
  const language = await readLanguage()
  return Object.fromEntries(
    issues.toReversed().map(({ path, message }) => {
      const field = String(path.at(-1))
      return [field, toPlainWords({ field, message, language })]
    }),
  )
}

/**
 * Returns the texts for a failed call of the account service, by field; `form` for the rest, and
 * `wait` as in `FormErrors`. Without an answer, the service is unreachable.
 */
export async function describeFailure(answer: AuthErrorData | undefined): Promise<Texts> {
  const texts = (await readTexts()).failures
  if (answer === undefined || answer.code === 'unavailable') return { form: texts.unreachable }
  const { code, fields, requestId, retryAfterSeconds = 60 } = answer
  if (fields !== undefined) {
    const issues = Object.entries(fields).flatMap(([name, messages]) =>
      messages.map((message) => ({ path: name.split('.'), message })),
    )
    return describeIssues(issues)
  }
  if (code === 'throttled') {
    const form = fillText(texts.throttled, { time: nameTime(retryAfterSeconds, await readLanguage()) })
    return { form, wait: String(retryAfterSeconds) }
  }
  if (code === 'overloaded') return { form: texts.overloaded }
  if (code === 'read_only') return { form: texts.readOnly }
  if (code === 'payload_too_large') return { form: texts.tooLarge }
  return { form: fillText(texts.ours, { number: requestId ?? '–' }) }
}

function nameTime(seconds: number, language: Language): string {
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  const look = { style: 'unit', unit, unitDisplay: 'long' } as const
  return new Intl.NumberFormat(localeOf(language), look).format(count)
}
