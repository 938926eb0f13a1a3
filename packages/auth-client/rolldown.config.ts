import { defineConfig } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import manifest from './package.json' with { type: 'json' }

/** The published entries under their names in `dist`, as in `stores/file`. */
const input: Record<string, string> = {}
for (const { default: file } of Object.values(manifest.publishConfig.exports)) {
  const name = file.replace(/^\.\/dist\/(.*)\.js$/, '$1')
  input[name] = `./src/${name}.ts`
}

/** Matches a note of the error table: it is for documents, and clients do not show it. */
const note = /^\s+note:\s+(?:'.*'|".*"|`.*`),$/gm

/**
 * Builds the published files. The protocol is private, so it goes into the bundle; every other
 * package stays an import.
 */
export default defineConfig({
  input,
  platform: 'neutral',
  // Packed, it has auth-protocol in it. Run from its source in production, it finds it at the root.
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
