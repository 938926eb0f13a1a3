import { writeFile } from 'node:fs/promises'
import { createOpenApiDocument, renderOpenApiDocument } from './document.ts'

/** Writes the document into packages/auth/openapi.json, where authors of clients find it. */
await writeFile(
  new URL('../../../openapi.json', import.meta.url),
  renderOpenApiDocument(await createOpenApiDocument()),
)
