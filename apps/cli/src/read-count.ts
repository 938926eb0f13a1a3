import { UsageError } from './failure.ts'

/**
 * Reads a whole number from 1 to 1,000,000.
 * @throws {UsageError} for any other text
 */
export function readCount(option: string, text: string): number {
  const count = Number(text)
  if (!/^\d{1,7}$/.test(text) || count < 1 || count > 1_000_000)
    throw new UsageError(`${option} must be a whole number from 1 to 1000000. Add --help to see more.`)
  return count
}
