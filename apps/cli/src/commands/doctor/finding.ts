/** How bad it is: as it should be; worth knowing; to be mended some time; to be mended now. */
export type Level = 'ok' | 'remark' | 'warning' | 'error'

/** What a check found. */
export interface Finding {
  level: Level
  /** What was looked at, a word or two. */
  check: string
  text: string
  /** The line that mends it: a setting, or a command. */
  fix: string | null
}

/** A finding of something that is as it should be. */
export const ok = (check: string, text: string): Finding => ({ level: 'ok', check, text, fix: null })

/** A finding of something else, and what mends it. */
export function found(level: Exclude<Level, 'ok'>, check: string, [text, fix]: [string, string]): Finding {
  return { level, check, text, fix }
}

/** A finding where a condition holds; otherwise none. */
export const when = (condition: boolean, finding: Finding): Finding[] => (condition ? [finding] : [])
