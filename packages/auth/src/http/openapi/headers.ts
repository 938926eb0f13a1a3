/** The headers of answers that a client should read, by name. */
export const headers = {
  'Cache-Control': {
    description: 'No answer may be stored: it may hold tokens.',
    required: true,
    schema: { type: 'string', const: 'no-store' },
  },
  'Device-Token': {
    description:
      'Says that this device knows the password. Keep it beyond the session and send it in the same header with the next login. Absent where a registration starts no session.',
    required: false,
    schema: { type: 'string', pattern: '^[\\w.-]+$' },
  },
  'WWW-Authenticate': {
    description: 'How to be let in (RFC 6750 section 3).',
    required: true,
    schema: { type: 'string', const: 'Bearer realm="api"' },
  },
  'Retry-After': {
    description: 'Seconds to wait before the next attempt.',
    required: true,
    schema: { type: 'string', pattern: '^[1-9][0-9]*$' },
  },
  'RateLimit-Policy': {
    description: 'The limit that was passed and how often it allows (draft-ietf-httpapi-ratelimit-headers).',
    required: true,
    schema: { type: 'string', pattern: '^"[a-z_]+";q=[1-9][0-9]*$' },
  },
  RateLimit: {
    description: 'The limit that was passed, what remains of it, and the seconds to wait.',
    required: true,
    schema: { type: 'string', pattern: '^"[a-z_]+";r=0;t=[1-9][0-9]*$' },
  },
} as const

/** Returns references to those of `headers` that a set of answers has. */
export function headerRefs(answered: Headers[]): Record<string, { $ref: string }> {
  const borne = Object.keys(headers).filter((name) => answered.some((answer) => answer.has(name)))
  return Object.fromEntries(borne.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
