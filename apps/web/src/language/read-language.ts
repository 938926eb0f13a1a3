import type { Language } from '@pockitflyer/languages'
import { headers } from 'next/headers'
import { getEnvironment } from '../environment.ts'
import { findLanguage } from './find-language.ts'

/** Returns the language of the page that is rendered, or of the action that runs. */
export async function readLanguage(): Promise<Language> {
  return findLanguage(await headers(), getEnvironment().languages)
}
