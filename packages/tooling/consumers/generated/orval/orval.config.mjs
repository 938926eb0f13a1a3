import { defineConfig } from 'orval'

export default defineConfig({
  accounts: { input: '../openapi.json', output: { target: 'client.ts', client: 'fetch' } },
})
