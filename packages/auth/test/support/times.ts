/**
 * How often tests repeat what they draw at random or count in bulk. `pnpm test` does so once,
 * `pnpm test:proof` 8 times, `pnpm test:long` 100 times.
 */
export const times = Number(process.env['TEST_TIMES'] ?? 1)
