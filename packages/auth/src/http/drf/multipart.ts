import { once } from 'node:events'
import { Busboy } from '@fastify/busboy'

/**
 * The fields of a `multipart/form-data` body (RFC 7578). Of a field that is given several times the last value counts. A file,
 * which is a part with a file name, goes before a field and stands as an empty object: it is in the data, and it is no text.
 * @throws {Error} when the boundary is missing or the body is cut off
 */
export async function readMultipart(body: Uint8Array, contentType: string): Promise<Record<string, unknown>> {
  const fields = new Map<string, unknown>()
  const files = new Map<string, object>()
  const parser = new Busboy({
    headers: { 'content-type': contentType },
    isPartAFile: (_name, _type, fileName) => fileName !== undefined && fileName !== '',
  })
  parser.on('field', (name, value) => fields.set(name, value))
  parser.on('file', (name, stream) => {
    files.set(name, {})
    stream.resume()
  })
  parser.end(body)
  await once(parser, 'finish')
  return Object.fromEntries([...fields, ...files])
}
