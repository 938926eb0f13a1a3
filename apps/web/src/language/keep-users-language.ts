import type { AuthClient } from '@pockitflyer/auth-client'
import { cookies, headers } from 'next/headers'
import { createAccountService } from '../account-service.ts'
import { getEnvironment } from '../environment.ts'
import { findOffered, hasChosenLanguage } from './find-language.ts'
import { writeLanguage } from './language-cookie.ts'

/**
 * Keeps the language of the user who has just logged in as that of this browser, if none was chosen
 * here. A login does not fail by it: without an answer the language stays.
 */
export async function keepUsersLanguage(accessToken: string): Promise<void> {
  const asked = await headers()
  if (hasChosenLanguage(asked)) return
  const { languages, isProduction } = getEnvironment()
  const language = findOffered(await ask(createAccountService({ headers: asked, accessToken })), languages)
  if (language !== undefined) writeLanguage(await cookies(), language, isProduction)
}

async function ask({ auth }: AuthClient): Promise<string | null> {
  try {
    return (await auth.language.query()).language
  } catch {
    return null
  }
}
