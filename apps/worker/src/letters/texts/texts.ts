import type { Language } from '@pockitflyer/languages'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { LetterTexts } from './letter-texts.ts'

/** The texts of the letters in every language. */
export const letterTexts: Record<Language, LetterTexts> = { en, de, fr, es, ar }
