import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { read, repository } from './documents.ts'

const consumers = 'packages/tooling/consumers'

/** The files of each row of the table. */
const rows: Record<string, string> = {
  curl: 'apps/curl/*.sh',
  'Vite and React': 'apps/vite-react/src/*.{ts,tsx}',
  'Next.js, `cacheComponents`': 'apps/nextjs/{proxy.ts,{accounts,app}/**/*.{ts,tsx}}',
  'Express 5': 'apps/express/*.ts',
  'Node, Bun, Deno: ES module': 'apps/node-esm/*.js',
  'Node: CommonJS': 'apps/node-cjs/*.js',
  'React Native': 'apps/react-native/{accounts,index}.js',
  'openapi-typescript with openapi-fetch': 'generated/openapi-typescript/*.ts',
  'hey-api': 'generated/hey-api/*.ts',
  orval: 'generated/orval/*.ts',
  kubb: 'generated/kubb/*.ts',
  'swagger-typescript-api': 'generated/swagger-typescript-api/*.ts',
  oazapfts: 'generated/oazapfts/*.ts',
  'openapi-zod-client': 'generated/openapi-zod-client/*.ts',
}

function countLines(pattern: string): number {
  const files = globSync(join(consumers, pattern), { cwd: repository })
  return files.flatMap((file) => read(file).split('\n')).filter((line) => line.trim() !== '').length
}

test('the table of apps tells how many lines each has', () => {
  const [, table = ''] = read('apps/docs/five-ways.md').split('## What each needed')
  const told = Array.from(table.matchAll(/^\| ([^|]+) \| (\d+) \|/gm), ([, app, lines]) => [
    app,
    Number(lines),
  ])
  const counted = Object.entries(rows).map(([app, pattern]) => [app, countLines(pattern)])
  expect(told).toEqual(counted)
})
