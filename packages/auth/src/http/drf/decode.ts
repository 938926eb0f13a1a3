/** Decodes text of one charset. */
export interface Charset {
  /**
   * Decodes bytes. As a stream it leaves out a character that is cut off at the end.
   * @throws {TypeError} when the bytes are not of that charset
   */
  decode: (bytes: Uint8Array, options?: { stream: boolean }) => string
  /** Decodes bytes, with U+FFFD for those that are not of that charset. */
  decodeLoosely: (bytes: Uint8Array) => string
}

const latin1Names = ['latin1', 'iso88591', 'l1', 'cp819']
const asciiNames = ['ascii', 'usascii', '646']

const latin1: Charset = { decode: toLatin1, decodeLoosely: toLatin1 }

const ascii: Charset = {
  decode(bytes) {
    if (bytes.some((byte) => byte > 127)) throw new TypeError('a byte is not in range(128)')
    return toLatin1(bytes)
  },
  decodeLoosely: (bytes) => toLatin1(bytes).replace(/[\x80-\xff]/g, '\ufffd'),
}

/**
 * Returns the charset that a `Content-Type` names, as Python's codecs read it: UTF-8 without a
 * name, or with an unknown one. It keeps a byte order mark.
 */
export function findCharset(name = 'utf-8'): Charset {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (latin1Names.includes(plain)) return latin1
  if (asciiNames.includes(plain)) return ascii
  const label = plain.replace(/^utf16(le|be)?$/, (_, order = 'le') => `utf-16${order}`)
  return findDecoder(label) ?? findDecoder(name) ?? createCharset('utf-8')
}

function findDecoder(label: string): Charset | undefined {
  try {
    return createCharset(label)
  } catch {
    return undefined
  }
}

/** @throws {RangeError} for an unknown label */
function createCharset(label: string): Charset {
  const { encoding } = new TextDecoder(label)
  const createDecoder = (fatal: boolean) => new TextDecoder(encoding, { fatal, ignoreBOM: true })
  return {
    decode: (bytes, options) => createDecoder(true).decode(bytes, options),
    decodeLoosely: (bytes) => createDecoder(false).decode(bytes),
  }
}

function toLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
