import { writeFile } from 'node:fs/promises'
import { createOpenApiDocument, renderOpenApiDocument } from './document.ts'

/** Writes the document to packages/auth/openapi.json, for authors of clients. */
await writeFile(
  new URL('../../../openapi.json', import.meta.url),
  renderOpenApiDocument(await createOpenApiDocument()),
)
