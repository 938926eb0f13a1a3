import { pickTexts } from '../texts/pick-texts.ts'
import type { Texts } from '../texts/texts.ts'

/** What a form for the code of a mail says. */
export type CodeTexts = ReturnType<typeof pickCodeTexts>

/** Returns what a form for the code of a mail says. */
export function pickCodeTexts(texts: Texts['mailCode']) {
  return pickTexts(texts, ['label', 'hint', 'continue', 'checking'])
}
