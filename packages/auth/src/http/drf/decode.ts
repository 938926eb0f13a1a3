const latin1 = new Set(['latin-1', 'latin1', 'iso-8859-1', 'iso8859-1', 'l1'])

/**
 * Decodes a body by the charset of its `Content-Type`; UTF-8 without one, or with one that nobody knows. A byte order mark stays
 * where it stands, as in Python.
 * @throws {TypeError} when the bytes are not of that charset
 */
export function decodeText(body: Uint8Array, charset = 'utf-8'): string {
  if (latin1.has(charset.toLowerCase())) return Buffer.from(body).toString('latin1')
  return createDecoder(charset).decode(body)
}

function createDecoder(charset: string) {
  const options = { fatal: true, ignoreBOM: true }
  try {
    return new TextDecoder(charset, options)
  } catch {
    return new TextDecoder('utf-8', options)
  }
}
