/**
 * The languages of the service's texts, as BCP 47 tags.
 * @example const [usual] = languages // 'en'
 */
export const languages = ['en', 'de', 'fr', 'es', 'ar'] as const

/** One of the languages. */
export type Language = (typeof languages)[number]
