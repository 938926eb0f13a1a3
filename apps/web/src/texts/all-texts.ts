import type { Language } from '@pockitflyer/languages'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'

/** The texts of the pages in one language. A missing or misspelled key is a type error. */
export type Texts = typeof en

/** The texts of the pages in every language. */
export const allTexts: Record<Language, Texts> = { en, de, fr, es, ar }
