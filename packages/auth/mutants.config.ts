import { mergeConfig } from 'vitest/config'
import tests from './vitest.config.ts'

/** What `pnpm mutants` runs: the tests of `pnpm test` that copy no other package. */
export default mergeConfig(tests, {
  test: { exclude: ['test/procedures/new-procedure.test.ts', '**/*.proof.ts'] },
})
