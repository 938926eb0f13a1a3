import { detailTexts, errorTable, fieldTexts } from '@pockitflyer/auth-protocol/errors'

/** Every text of the service in English, which names it in the other languages. */
export type ServiceText =
  | (typeof errorTable)[keyof typeof errorTable]['text']
  | (typeof fieldTexts)[keyof typeof fieldTexts]
  | (typeof detailTexts)[keyof typeof detailTexts]

/**
 * The texts of the service in one language. Where Django, Django REST framework or SimpleJWT has
 * the text in that language, it says the same.
 */
export type ServiceTexts = Record<ServiceText, string>

/** The same texts at run time. */
export const serviceTexts: readonly ServiceText[] = [
  ...Object.values(errorTable).map(({ text }) => text),
  ...Object.values(fieldTexts),
  ...Object.values(detailTexts),
]
