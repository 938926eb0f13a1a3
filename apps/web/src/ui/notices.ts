import type { Tone } from './notice.tsx'

/**
 * The sentences at the top of a page, by the code in `?notice=`. A URL never brings text of its
 * own.
 */
export type Notices<Code extends string = string> = Record<Code, NoticeText>

export interface NoticeText {
  tone: Tone
  text: string
}

/** Returns the sentence for a code from the URL; undefined for an unknown one. */
export function findNotice(notices: Notices, code: string | string[] | undefined): NoticeText | undefined {
  return typeof code === 'string' && Object.hasOwn(notices, code) ? notices[code] : undefined
}
