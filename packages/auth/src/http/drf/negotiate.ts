import { AuthError } from '../../errors.ts'
import { isMatch, type MediaType, parseMediaType } from './media-type.ts'

const json = parseMediaType('application/json')

/** The JSON format that the client wants. */
export interface Format {
  /** Spaces of indentation, from `Accept: application/json; indent=4`; 0 for none. */
  indent: number
}

/**
 * Returns the format of the answer by Django REST framework's content negotiation: by `?format=`,
 * then by the most specific part of `Accept` that JSON satisfies.
 * @throws {AuthError} not_found (a `format` other than json), not_acceptable
 */
export function negotiate({ searchParams }: URL, accept: string | null): Format {
  const format = searchParams.getAll('format').at(-1) ?? ''
  if (format !== '' && format !== 'json') throw new AuthError('not_found')
  const accepted = (accept ?? '*/*')
    .split(',')
    .map(parseMediaType)
    .filter((mediaType) => isMatch(json, mediaType))
    .toSorted((a, b) => precedence(b) - precedence(a))[0]
  if (accepted === undefined) throw new AuthError('not_acceptable')
  return { indent: readIndent(accepted) }
}

function precedence({ main, sub, parameters }: MediaType): number {
  if (main === '*') return 0
  if (sub === '*') return 1
  return [...parameters.keys()].every((name) => name === 'q') ? 2 : 3
}

function readIndent({ parameters }: MediaType): number {
  const indent = parameters.get('indent') ?? ''
  return /^\d{1,9}$/.test(indent) ? Math.min(Number(indent), 8) : 0
}
