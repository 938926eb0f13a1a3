import { UsageError } from './failure.ts'

/**
 * Reads a whole number from 1 to `max`, of no more digits than that.
 * @throws {UsageError} for any other text
 */
export function readCount(option: string, text: string, max = 1_000_000): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || text.length > String(max).length || count < 1 || count > max)
    throw new UsageError(`${option} must be a whole number from 1 to ${max}. Add --help to see more.`)
  return count
}
