import { detailTexts, fillText } from '@pockitflyer/auth-protocol/errors'
import { AuthError } from '../../errors.ts'
import { findCharset } from './decode.ts'
import { nestFields } from './fields.ts'
import { readForm } from './form.ts'
import { isMatch, type MediaType, parseMediaType } from './media-type.ts'
import { MultipartError, readMultipart } from './multipart.ts'
import { numberText } from './number-text.ts'

/**
 * Returns the body of a request as Django REST framework's parsers read it: an object of fields or,
 * from JSON, any value. An empty body has no fields. In a form, fields of the `nested` objects have
 * a dot in their names, as in `profile.bio`.
 * @throws {AuthError} parse_error (malformed or cut off), unsupported_media_type
 */
export async function parseBody(request: Request, nested: string[] = []): Promise<unknown> {
  const body = await readBody(request)
  if (body.length === 0) return {}
  const contentType = request.headers.get('content-type') ?? ''
  const mediaType = parseMediaType(contentType)
  const parser = parsers.find(({ accepts }) => isMatch(accepts, mediaType))
  if (parser === undefined) {
    throw new AuthError('unsupported_media_type', {
      text: fillText(detailTexts.unsupportedMediaType, { type: contentType }),
    })
  }
  return parser.parse(body, { mediaType, contentType, nested })
}

/** Reads the body. A client that disconnects before its end is no failure of the service. */
async function readBody(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer())
  } catch (cause) {
    throw new AuthError('parse_error', { cause })
  }
}

interface ParseOptions {
  mediaType: MediaType
  contentType: string
  nested: string[]
}

interface Parser {
  accepts: MediaType
  parse(body: Uint8Array, options: ParseOptions): unknown
}

const parsers: Parser[] = [
  { accepts: parseMediaType('application/json'), parse: parseJson },
  { accepts: parseMediaType('application/x-www-form-urlencoded'), parse: parseForm },
  { accepts: parseMediaType('multipart/form-data'), parse: parseMultipart },
]

function parseJson(body: Uint8Array, { mediaType }: ParseOptions): unknown {
  try {
    const text = findCharset(mediaType.parameters.get('charset')).decode(body, { stream: true })
    const value: unknown = JSON.parse(text)
    return hasTextsOnly(value) ? value : JSON.parse(text, asText)
  } catch (cause) {
    // A parser quotes its input, which may be a password.
    throw new AuthError('parse_error', { text: detailTexts.invalidJson, cause })
  }
}

/**
 * Returns whether a value holds texts alone, as most bodies do: `asText` for each would make a
 * refresh 2 % slower.
 */
function hasTextsOnly(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((field) => typeof field === 'string')
  )
}

/** Most digits of an integer that Python reads. */
const integerMaxDigits = 4300

/**
 * Converts numbers to text, since every field is a CharField. It happens here, where the source
 * text is at hand. A body that is a number has no fields; its integer becomes a bigint, because the
 * error text names the type.
 */
function asText(key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  if (typeof value !== 'number' || source === undefined) return value
  const isInteger = /^-?\d+$/.test(source)
  if (isInteger && source.replace('-', '').length > integerMaxDigits)
    throw new RangeError('an integer has too many digits')
  if (key !== '') return numberText(source)
  return isInteger ? BigInt(source) : value
}

function parseForm(body: Uint8Array, { mediaType, nested }: ParseOptions): unknown {
  return nestFields(readForm(body, findCharset(mediaType.parameters.get('charset'))), nested)
}

async function parseMultipart(body: Uint8Array, { nested, ...type }: ParseOptions): Promise<unknown> {
  try {
    return nestFields(await readMultipart(body, type), nested)
  } catch (cause) {
    if (!(cause instanceof MultipartError)) throw cause
    throw new AuthError('parse_error', {
      text: fillText(detailTexts.invalidMultipart, { reason: cause.message }),
      cause,
    })
  }
}
