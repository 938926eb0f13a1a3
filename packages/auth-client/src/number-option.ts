/** The numbers that an option accepts. */
interface Range {
  min: number
  max: number
  /** Default: false. */
  isInteger?: boolean
}

/** 2³¹ − 1: a timer of more milliseconds than that fires at once. */
export const timerMaxMs = 2_147_483_647

/**
 * Returns a number that a caller chose.
 * @throws {TypeError} when it is not a number or out of range: otherwise a typing error would
 *   switch a limit off
 */
export function parseNumberOption(name: string, value: number, { min, max, isInteger }: Range): number {
  const isAccepted = typeof value === 'number' && value >= min && value <= max
  if (isAccepted && (isInteger !== true || Number.isSafeInteger(value))) return value
  const kind = isInteger === true ? 'an integer' : 'a number'
  throw new TypeError(`${name} must be ${kind} from ${min} to ${max}, not ${String(value)}.`)
}

/**
 * Returns a timeout: at least a millisecond; `Infinity` stands for no limit.
 * @throws {TypeError} for anything else
 */
export function parseTimeoutOption(name: string, value: number): number {
  return parseNumberOption(name, value, { min: 1, max: Infinity })
}
