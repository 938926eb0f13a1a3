import { once } from 'node:events'
import { Busboy } from '@fastify/busboy'
import type { MediaType } from './media-type.ts'

/**
 * The limits of a body. Fields and files: those of Django's settings `DATA_UPLOAD_MAX_NUMBER_…`.
 */
const limits = { fields: 1000, files: 100, parts: 1100, headerPairs: 32 }

/**
 * An unreadable multipart body, with the text of Django's MultiPartParserError where there is one:
 * `message` is public.
 */
export class MultipartError extends Error {
  override readonly name = 'MultipartError'
}

/**
 * Returns the fields of a `multipart/form-data` body (RFC 7578). The last value of a repeated field
 * counts. A file, which is a part with a file name, takes precedence over a field and becomes an
 * empty object: present in the data, and no text.
 * @throws {MultipartError} when the boundary is missing or malformed, the body is cut off, or a
 *   limit is exceeded
 */
export async function readMultipart(
  body: Uint8Array,
  { contentType, mediaType }: { contentType: string; mediaType: MediaType },
): Promise<Record<string, unknown>> {
  const boundary = readBoundary(contentType, mediaType)
  const fields = new Map<string, unknown>()
  const files = new Map<string, object>()
  const parser = new Busboy({
    headers: { 'content-type': `multipart/form-data; boundary="${boundary.replaceAll(/["\\]/g, '\\$&')}"` },
    isPartAFile: (_name, _type, fileName) => fileName !== undefined && fileName !== '',
    limits,
  })
  const finished = once(parser, 'finish')
  parser.on('error', () => {}) // After the first one: a body that exceeds a limit may be cut off too.
  const refuse = () => parser.emit('error', new MultipartError(unreadable))
  parser.on('partsLimit', refuse).on('fieldsLimit', refuse).on('filesLimit', refuse)
  parser.on('field', (name, value) => fields.set(name, value))
  parser.on('file', (name, stream) => {
    files.set(name, {})
    stream.on('error', () => {}) // The parser reports the same error; without a listener it would end the process.
    stream.resume()
  })
  parser.end(removePadding(body, boundary))
  await finished.catch((cause: unknown) => {
    throw new MultipartError(unreadable, { cause })
  })
  return Object.fromEntries([...fields, ...files])
}

const unreadable = 'The body is not a valid form'

/** Django's check of the `Content-Type`, and its texts. */
function readBoundary(contentType: string, { parameters }: MediaType): string {
  if (/[^\0-\x7f]/.test(contentType)) {
    throw new MultipartError(`Invalid non-ASCII Content-Type in multipart: ${contentType}`)
  }
  const boundary = parameters.get('boundary')
  if (boundary === undefined || !/^[ -~]{0,200}[!-~]$/.test(boundary)) {
    throw new MultipartError(`Invalid boundary in multipart: ${boundary ?? 'None'}`)
  }
  return boundary
}

/**
 * Removes spaces and tabs after a boundary (RFC 2046 section 5.1.1), which the parser does not
 * accept.
 */
function removePadding(body: Uint8Array, boundary: string): Buffer {
  const padded = new RegExp(`((?:^|\r\n)--${boundary.replaceAll(/\W/g, '\\$&')})[ \t]+(?=\r\n)`, 'g')
  return Buffer.from(Buffer.from(body).toString('latin1').replace(padded, '$1'), 'latin1')
}
