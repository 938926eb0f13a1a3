import type { Tone } from './notice.tsx'

/**
 * The sentences that a page may open with, by the code that `?notice=` names. An address never
 * brings words of its own.
 */
export type Notices<Code extends string = string> = Record<Code, NoticeText>

export interface NoticeText {
  tone: Tone
  text: string
}

/** The sentence for what stands in the address; undefined for what is none of ours. */
export function findNotice(notices: Notices, code: string | string[] | undefined): NoticeText | undefined {
  return typeof code === 'string' && Object.hasOwn(notices, code) ? notices[code] : undefined
}
