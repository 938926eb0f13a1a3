/** The position of a request in a trace that began elsewhere. */
export interface TraceParent {
  /** 32 hexadecimal digits, the same for every request of the trace. */
  traceId: string
  /** 16 hexadecimal digits: the span that sent the request. */
  spanId: string
  /** Whether that span is recorded. */
  isSampled: boolean
}

/**
 * Reads the header `traceparent` (W3C Trace Context, section 3.2). It ignores a malformed header,
 * as the specification requires. Of a later version it reads the part that both versions share.
 */
export function parseTraceparent(header: string | null): TraceParent | undefined {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header ?? '')
  if (match === null) return undefined
  const [, version, traceId = '', spanId = '', flags = '', rest] = match
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
