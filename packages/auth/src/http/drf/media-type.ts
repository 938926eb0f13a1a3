/** A media type as Django REST framework reads it: lower case, with its parameters. */
export interface MediaType {
  main: string
  sub: string
  parameters: Map<string, string>
}

/** Reads a `Content-Type`, or one part of an `Accept`. It accepts everything: what makes no sense matches nothing. */
export function parseMediaType(text: string): MediaType {
  const [full = '', ...rest] = text.split(';')
  const [main = '', sub = ''] = full.trim().toLowerCase().split('/', 2)
  const parameters = rest.flatMap((parameter): [string, string][] => {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*"?([^"]*?)"?\s*$/.exec(parameter) ?? []
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]]
  })
  return { main, sub, parameters: new Map(parameters) }
}

/** Tells whether two media types agree, where `*` agrees with everything. */
export function isMatch(one: MediaType, other: MediaType): boolean {
  const agree = (a: string, b: string) => a === b || a === '*' || b === '*'
  return agree(one.main, other.main) && agree(one.sub, other.sub)
}
