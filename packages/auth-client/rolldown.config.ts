import { defineConfig } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import manifest from './package.json' with { type: 'json' }

/** The entries by the names that `publishConfig` has for them, as in `stores/file`. */
const input: Record<string, string> = {}
for (const file of Object.values(manifest.exports)) {
  input[file.replace(/^\.\/src\/(.*)\.ts$/, '$1')] = file
}

/** A note of the error table: words for documents, which a client does not show. */
const note = /^\s+note:\s+(?:'.*'|".*"|`.*`),$/gm

/**
 * Builds what is published. The protocol is private, so it goes into the bundle; every other
 * package stays an import.
 */
export default defineConfig({
  input,
  platform: 'neutral',
  external: /^(?!\.|\/|@pockitflyer\/auth-protocol\/)/,
  plugins: [
    {
      name: 'no-notes',
      transform: {
        order: 'pre',
        filter: { id: /auth-protocol\/src\/errors\// },
        handler: (code) => code.replaceAll(note, ''),
      },
    },
    dts({ generator: 'oxc' }),
  ],
  output: { dir: 'dist', chunkFileNames: 'shared/[name]-[hash].js' },
})
