import fc from 'fast-check'
import {
  anyValue,
  breakJson,
  encodeText,
  faultyValue,
  formValue,
  jsonSpace,
  strayJson,
  type TypedBody,
  writeForm,
  writeMultipart,
  writeObject,
} from './bodies.ts'

/** Makes bodies of any media type, each faulty or odd in some way. */
export function anyBody(fields: string[]): fc.Arbitrary<TypedBody> {
  const json = jsonObject(fields)
  const asJson = (text: string): TypedBody => ({ contentType: 'application/json', body: { text } })
  return fc.oneof(
    { weight: 6, arbitrary: json.map(asJson) },
    { weight: 3, arbitrary: strayJson.map(asJson) },
    { weight: 2, arbitrary: json.chain(breakJson).map(asJson) },
    { weight: 3, arbitrary: json.chain((text) => encodeText('application/json', text)) },
    { weight: 3, arbitrary: formBody(fields) },
    { weight: 2, arbitrary: multipartBody(fields) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(json, fc.constantFrom(1000, 65536, 65537, 100_000))
        .map(([text, padTo]) => ({ contentType: 'application/json', body: { text, padTo } })),
    },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => ({
        contentType: 'application/json',
        body: { base64: Buffer.from(bytes).toString('base64') },
      })),
    },
  )
}

/** At least one field is missing or faulty, so that no server hashes a password. */
function jsonObject(fields: string[]): fc.Arbitrary<string> {
  const one = fc.constantFrom(...fields, 'x', '__proto__', 'constructor', '')
  return fc
    .record({
      others: fc.array(fc.tuple(one, anyValue), { maxLength: 3 }),
      last: fc.tuple(fc.constantFrom(...fields), faultyValue),
      isMissing: fc.boolean(),
      space: jsonSpace,
    })
    .map(({ others, last, isMissing, space }) => {
      const isLastField = ([name]: [string, string]) => name === last[0]
      if (isMissing)
        return writeObject(
          others.filter((member) => !isLastField(member)),
          space,
        )
      return writeObject([...others, last], space)
    })
}

function formBody(fields: string[]): fc.Arbitrary<TypedBody> {
  const names = fc.constantFrom(
    ...fields.slice(0, 1),
    '%72efresh',
    'x',
    '',
    '?refresh',
    ' refresh',
    'refresh%00',
  )
  return fc
    .record({
      pairs: fc.array(fc.tuple(names, formValue), { maxLength: 4 }),
      contentType: fc
        .constantFrom('', '; charset=utf-8', '; charset=latin-1', ';charset="utf-8"', '; charset=us-ascii')
        .map((parameter) => `application/x-www-form-urlencoded${parameter}`),
      encoding: fc.constantFrom<BufferEncoding>('utf8', 'utf8', 'latin1'),
    })
    .map(({ pairs, contentType, encoding }) => ({
      contentType,
      body: { base64: Buffer.from(writeForm(pairs), encoding).toString('base64') },
    }))
}

function multipartBody(fields: string[]): fc.Arbitrary<TypedBody> {
  const [field = ''] = fields
  const disposition = fc.constantFrom(
    `; name="${field}"`,
    `; name="${field}"`,
    `; name=${field}`,
    `; name="x"`,
    `; name="${field}"; filename="a.txt"`,
    `; name="${field}"; filename=""`,
    '',
  )
  const part = fc.record({
    disposition,
    lines: fc.constantFrom(
      '',
      '',
      'Content-Type: text/plain\r\n',
      'Content-Type: text/plain; charset=utf-8\r\n',
      'X: y\r\n',
    ),
    content: fc.constantFrom('', ' ', 'a', 'é', 'a\r\nb', '\0', '--', '-'),
  })
  return fc
    .record({
      parts: fc.array(part, { minLength: 1, maxLength: 3 }),
      contentType: fc.constantFrom(
        'multipart/form-data; boundary=frontier',
        'multipart/form-data; boundary="frontier"',
        'multipart/form-data; charset=utf-8; boundary=frontier',
        'Multipart/Form-Data; Boundary=frontier',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'multipart/form-data; boundary=other',
      ),
      end: fc.constantFrom('--', '--', '--', '--', ''),
    })
    .map(({ parts, contentType, end }) => ({ contentType, body: { text: writeMultipart(parts, end) } }))
}
