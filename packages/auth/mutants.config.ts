import { mergeConfig } from 'vitest/config'
import tests from './vitest.config.ts'

/** The tests that `pnpm mutants` runs: those of `pnpm test`, without the one that copies packages. */
export default mergeConfig(tests, { test: { exclude: ['test/new-procedure.test.ts', '**/*.proof.ts'] } })
