import { readLanguage } from '../language/read-language.ts'
import { fillPlural } from '../texts/plural.ts'
import { readTexts } from '../texts/texts.ts'
import type { PasswordRules } from '../ui/new-password-field.tsx'

/** Returns the rules for a new password of at least so many characters, also in words. */
export async function describePasswordRules(minLength: number | undefined): Promise<PasswordRules> {
  const { rule, noRule } = (await readTexts()).newPassword
  const hint = minLength === undefined ? noRule : fillPlural(rule, minLength, await readLanguage())
  return { minLength, hint }
}
