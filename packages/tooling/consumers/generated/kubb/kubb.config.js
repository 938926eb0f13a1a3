import { defineConfig } from '@kubb/core'
import { pluginClient } from '@kubb/plugin-client'
import { pluginOas } from '@kubb/plugin-oas'
import { pluginTs } from '@kubb/plugin-ts'

export default defineConfig({
  input: { path: 'openapi.json' },
  output: { path: 'kubb/client', format: false },
  // Its other client, on fetch, sends a body without a content type, which the service refuses.
  plugins: [pluginOas(), pluginTs(), pluginClient({ client: 'axios' })],
})
