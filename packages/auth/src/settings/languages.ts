import { languages } from '@pockitflyer/languages'
import { z } from 'zod'

/** The languages of answers, such as `en,de`. The first is for all other callers. */
export const languageList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.enum(languages, `must be some of ${languages.join(', ')}, separated by commas`)))
