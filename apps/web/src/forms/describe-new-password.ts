import { readPolicy } from '../session/read-policy.ts'
import { readLanguage } from '../language/read-language.ts'
import { fillPlural } from '../texts/plural.ts'
import { readTexts } from '../texts/texts.ts'
import { describeIssues } from './failures.ts'

interface NewPassword {
  field: string
  value: string | undefined
}

/**
 * Returns the issues of an input by field, with that of a new password that is too short: the
 * service would say so only once the other fields are right.
 */
export async function describeWithNewPassword(
  issues: Parameters<typeof describeIssues>[0],
  { field, value = '' }: NewPassword,
): ReturnType<typeof describeIssues> {
  const errors = await describeIssues(issues)
  if (errors[field] !== undefined) return errors
  const { min_length: count = 0 } = (await readPolicy())?.password ?? {}
  if (Array.from(value).length >= count) return errors
  const { tooShort } = (await readTexts()).fieldErrors
  return { ...errors, [field]: fillPlural(tooShort, count, await readLanguage()) }
}
