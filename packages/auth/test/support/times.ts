/**
 * How often tests repeat what they draw at random or count in bulk. `pnpm test` does so once,
 * `pnpm test:proof` 3 times, `pnpm test:long` 50 times.
 */
export const times = Number(process.env['TEST_TIMES'] ?? 1)
