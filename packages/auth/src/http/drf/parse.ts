import { AuthError } from '../../errors.ts'
import { decodeText } from './decode.ts'
import { isMatch, type MediaType, parseMediaType } from './media-type.ts'
import { readMultipart } from './multipart.ts'
import { numberText } from './number-text.ts'

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
  parse(body: Uint8Array, mediaType: MediaType, contentType: string): unknown
}

const parsers: Parser[] = [
  { accepts: parseMediaType('application/json'), parse: parseJson },
  { accepts: parseMediaType('application/x-www-form-urlencoded'), parse: parseForm },
  { accepts: parseMediaType('multipart/form-data'), parse: parseMultipart },
]

function parseJson(body: Uint8Array, { parameters }: MediaType): unknown {
  try {
    return JSON.parse(decodeText(body, parameters.get('charset')), asText)
  } catch (cause) {
    throw new AuthError('parse_error', { text: `JSON parse error - ${reasonOf(cause)}`, cause })
  }
}

/** Every field is a CharField, which takes a number for its text: here, where the text is still at hand. */
function asText(key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && key !== '' && source !== undefined ? numberText(source) : value
}

/** Of a field that is given several times, the last value counts. */
function parseForm(body: Uint8Array): unknown {
  return Object.fromEntries(new URLSearchParams(Buffer.from(body).toString('utf8')))
}

async function parseMultipart(body: Uint8Array, _: MediaType, contentType: string): Promise<unknown> {
  try {
    return await readMultipart(body, contentType)
  } catch (cause) {
    throw new AuthError('parse_error', { text: `Multipart form parse error - ${reasonOf(cause)}`, cause })
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'malformed'
}
