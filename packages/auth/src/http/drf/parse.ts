import { AuthError } from '../../errors.ts'
import { decodeText } from './decode.ts'
import { isMatch, type MediaType, parseMediaType } from './media-type.ts'

/**
 * The body of a request as Django REST framework's parsers read it: an object of fields or, from JSON, any value. An empty
 * body has no fields.
 * @throws {AuthError} parse_error (malformed), unsupported_media_type
 */
export async function parseBody(request: Request): Promise<unknown> {
  const body = new Uint8Array(await request.arrayBuffer())
  if (body.length === 0) return {}
  const contentType = request.headers.get('content-type') ?? ''
  const mediaType = parseMediaType(contentType)
  const parser = parsers.find(({ accepts }) => isMatch(accepts, mediaType))
  if (parser === undefined) {
    throw new AuthError('unsupported_media_type', {
      text: `Unsupported media type "${contentType}" in request.`,
    })
  }
  return parser.parse(body, mediaType, contentType)
}

interface Parser {
  accepts: MediaType
  parse(body: Uint8Array<ArrayBuffer>, mediaType: MediaType, contentType: string): unknown
}

const parsers: Parser[] = [
  { accepts: parseMediaType('application/json'), parse: parseJson },
  { accepts: parseMediaType('application/x-www-form-urlencoded'), parse: parseForm },
  { accepts: parseMediaType('multipart/form-data'), parse: parseMultipart },
]

function parseJson(body: Uint8Array, { parameters }: MediaType): unknown {
  try {
    return JSON.parse(decodeText(body, parameters.get('charset')))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'malformed'
    throw new AuthError('parse_error', { text: `JSON parse error - ${reason}`, cause })
  }
}

/** Of a field that is given several times, the last value counts. */
function parseForm(body: Uint8Array): unknown {
  return Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('utf8')))
}

async function parseMultipart(
  body: Uint8Array<ArrayBuffer>,
  _: MediaType,
  contentType: string,
): Promise<unknown> {
  try {
    const form = await new Response(body, { headers: { 'Content-Type': contentType } }).formData()
    return Object.fromEntries(form)
  } catch (cause) {
    throw new AuthError('parse_error', { text: 'Multipart form parse error - Invalid body', cause })
  }
}
