import { fieldTexts, fillText } from '@pockitflyer/auth-protocol/errors'

/**
 * Returns the problems of a new password, in Django's words; none if it may be used. Length counts
 * characters (OWASP Authentication, "Password Strength"). A common password is one of 49,233 that
 * the zxcvbn project collected from leaks, in any case.
 */
export async function findPasswordProblems(
  password: string,
  { minLength }: { minLength: number },
): Promise<string[]> {
  const problems: string[] = []
  if (Array.from(password).length < minLength) {
    problems.push(fillText(fieldTexts.passwordTooShort, { count: minLength }))
  }
  if ((await getCommonPasswords()).has(password.toLowerCase())) {
    problems.push(fieldTexts.passwordTooCommon)
  }
  return problems
}

let commonPasswords: Promise<Set<string>> | undefined

/** The list costs 40 ms and 5 MB, so it loads with the first password that is chosen. */
function getCommonPasswords(): Promise<Set<string>> {
  commonPasswords ??= loadCommonPasswords()
  return commonPasswords
}

async function loadCommonPasswords(): Promise<Set<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
