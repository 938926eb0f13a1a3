/** A media type as Django REST framework reads it: lower case, with its parameters. */
export interface MediaType {
  main: string
  sub: string
  parameters: Map<string, string>
}

/**
 * Parses a `Content-Type`, or one part of an `Accept`. It accepts everything: nonsense matches
 * nothing.
 */
export function parseMediaType(text: string): MediaType {
  const [full = '', ...rest] = splitOutsideQuotes(text)
  const [main = '', ...sub] = full.trim().toLowerCase().split('/')
  const parameters = rest
    .filter((parameter) => parameter.includes('='))
    .map((parameter): [string, string] => {
      const [name = '', ...value] = parameter.split('=')
      return readParameter(name.trim().toLowerCase(), unquote(value.join('=').trim()))
    })
  return { main, sub: sub.join('/'), parameters: new Map(parameters) }
}

/** Returns whether two media types match; `*` matches everything. */
export function isMatch(one: MediaType, other: MediaType): boolean {
  const agree = (a: string, b: string) => a === b || a === '*' || b === '*'
  return agree(one.main, other.main) && agree(one.sub, other.sub)
}

function splitOutsideQuotes(text: string): string[] {
  const parts = `;${text}`.match(/;(?:[^;"]|"[^"]*(?:"|$))*/g) ?? []
  return parts.map((part) => part.slice(1))
}

/**
 * `name*` carries the charset and the language of its value, and has escapes (RFC 2231 section 4).
 */
function readParameter(name: string, value: string): [string, string] {
  if (!name.endsWith('*')) return [name, value]
  const [, encoded] = /^[^']*'[^']*'([^']*)$/.exec(value) ?? []
  return [name.slice(0, -1), encoded === undefined ? value : decodeEscapes(encoded)]
}

function decodeEscapes(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value
  return value.slice(1, -1).replace(/\\([\\"])/g, '$1')
}
