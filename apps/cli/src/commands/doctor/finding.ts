/** The severity: as it should be; worth knowing; to be fixed some time; to be fixed now. */
export type Level = 'ok' | 'remark' | 'warning' | 'error'

/** The result of a check. */
export interface Finding {
  level: Level
  /** The subject, a word or two. */
  check: string
  text: string
  /** The line that fixes it: a setting, or a command. */
  fix: string | null
}

/** Creates a finding of something that is as it should be. */
export const ok = (check: string, text: string): Finding => ({ level: 'ok', check, text, fix: null })

/** Creates a finding of a problem or remark, with its fix. */
export function found(level: Exclude<Level, 'ok'>, check: string, [text, fix]: [string, string]): Finding {
  return { level, check, text, fix }
}

/** Returns the finding if a condition holds; otherwise none. */
export const when = (condition: boolean, finding: Finding): Finding[] => (condition ? [finding] : [])
