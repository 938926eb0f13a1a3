import { mergeConfig } from 'vitest/config'
import tests from './vitest.config.ts'

/** The tests that `pnpm mutants` runs: those of `pnpm test`. */
export default mergeConfig(tests, { test: { exclude: ['**/*.proof.ts'] } })
