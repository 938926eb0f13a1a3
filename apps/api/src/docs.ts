import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { createOpenApiDocument, renderOpenApiDocument } from '@pockitflyer/auth/openapi'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'

/**
 * Serves the OpenAPI document, built once, at `openapi.json`, and a page to read and try it at
 * `docs/`. Every URL on the page is relative: it works at every path and behind every proxy.
 */
export async function createDocs(): Promise<Hono> {
  const document = renderOpenApiDocument(await createOpenApiDocument())
  const docs = new Hono()
  docs.get('/openapi.json', etag(), (c) =>
    c.body(document, 200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'public, max-age=300',
      'X-Content-Type-Options': 'nosniff',
    }),
  )
  docs.get('/docs', (c) => c.redirect('docs/'))
  docs.use('/docs/*', etag(), secureHeaders(pageHeaders))
  for (const [path, file] of Object.entries(files)) {
    const cacheControl = path === '' ? 'no-cache' : 'public, max-age=3600'
    docs.get(
      `/docs/${path}`,
      serveStatic({ ...file, onFound: (_, c) => c.header('Cache-Control', cacheControl) }),
    )
  }
  return docs
}

const ours = fileURLToPath(new URL('../public/', import.meta.url))
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** The only served files of swagger-ui-dist. */
const files: Record<string, { root: string; path: string }> = {
  '': { root: ours, path: 'index.html' },
  'initializer.js': { root: ours, path: 'initializer.js' },
  'swagger-ui.css': { root: swaggerUi, path: 'swagger-ui.css' },
  'swagger-ui-bundle.js': { root: swaggerUi, path: 'swagger-ui-bundle.js' },
  'favicon-32x32.png': { root: swaggerUi, path: 'favicon-32x32.png' },
}

/**
 * The page may load its own files and call its own origin only. Swagger UI's icons are `data:`
 * images in its style sheet.
 */
const pageHeaders = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // The operator of the host decides on HTTPS for the whole host.
  strictTransportSecurity: false,
}
