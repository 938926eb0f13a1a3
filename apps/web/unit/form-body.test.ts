import { expect, test } from 'vitest'
import { findFormFault } from '../src/security/form-body.ts'

type Fields = [string, string | Blob][]

async function judge(body: BodyInit, headers: Record<string, string> = {}): Promise<number | undefined> {
  return (await findFormFault(new Request('http://a/', { method: 'POST', body, headers })))?.status
}

function formOf(fields: Fields): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

const action = { 'next-action': '60' }
const text = { ...action, 'content-type': 'text/plain;charset=UTF-8' }
const state = { attempt: 1, values: { email: '$$a', x: '$undefined' }, errors: {}, list: [1, null, true] }
const bound: [string, string][] = [
  ['$ACTION_REF_1', ''],
  ['$ACTION_1:0', '{"id":"60ab","bound":"$@1"}'],
  ['$ACTION_1:1', JSON.stringify([state])],
  ['$ACTION_KEY', 'k1'],
]
const entered: Fields = [
  ['email', 'a'],
  ['my$ACTION_REF_1', 'b'],
  ['picture', new Blob(['x'])],
]

test('the forms of a page pass, with scripts and without', async () => {
  const forms: Fields[] = [entered, [...bound, ...entered], [['$ACTION_ID_60', ''], ...entered], []]
  for (const fields of forms.slice(0, 3)) expect(await judge(formOf(fields))).toBeUndefined()
  for (const reply of ['["$K1"]', JSON.stringify([state, '$K1']), '["$Kff"]', JSON.stringify([state])]) {
    expect(
      await judge(
        formOf([
          ['0', reply],
          ['1_email', 'a'],
        ]),
        action,
      ),
    ).toBeUndefined()
    expect(await judge(reply, text)).toBeUndefined()
  }
})

test('a form that is cut off anywhere is 400', async () => {
  const boundary = '----WebKitFormBoundaryAbCdEf0123456789'
  const part = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const whole = `${bound.map(([name, value]) => part(name, value)).join('')}${part('email', 'a')}--${boundary}--\r\n`
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  expect(await judge(whole, headers)).toBeUndefined()
  for (let length = 0; length < whole.length - 4; length += 1)
    expect(await judge(whole.slice(0, length), headers)).toBe(400)
  for (const type of [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'Multipart/Form-Data; boundary=another-one-that-is-not-in-there',
  ])
    expect(await judge(whole, { 'content-type': type })).toBe(400)
})

test('an action without fields is sent no arguments', async () => {
  expect(await judge('[]', text)).toBeUndefined()
})

test.each([
  '',
  '%',
  '[',
  'null',
  '0',
  '"x"',
  '{}',
  '["$undefined"]',
  '["$T"]',
  '["$@1"]',
  '["$h1"]',
  '["$F1"]',
  '["$B1"]',
  '["$n1"]',
  '["$D"]',
  '["$r1"]',
  '["$1:__proto__:x"]',
  '["$K"]',
  '["$Kx"]',
  '["x$K1"]',
  '[1,2]',
  '[null,"$K1"]',
  '[[],"$K1"]',
  '["a","$K1"]',
  '["$K1","$K1"]',
  '[{},"$K1",1]',
  '[{},{},"$K1"]',
  '[{},{}]',
  '[{"a":"$@1"},"$K1"]',
  '[{"a":["$F1"]},"$K1"]',
  '[{"a":{"b":"$"}},"$K1"]',
  '[{"__proto__":{}},"$K1"]',
  '["$K1",{}]',
])('arguments of an action that no form of ours sends are 400: %s', async (reply) => {
  expect(await judge(reply, text)).toBe(400)
  expect(await judge(formOf([['0', reply]]), action)).toBe(400)
})

test('an action without its arguments is 400', async () => {
  expect(await judge(formOf(entered), action)).toBe(400)
  expect(await judge(formOf([['0', new Blob(['["$K1"]'])]]), action)).toBe(400)
})

test.each([
  [['$ACTION_REF_1', '']],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', 'null'],
    ['$ACTION_1:1', '[{}]'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":1,"bound":"$@1"}'],
    ['$ACTION_1:1', '[{}]'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":"x","bound":"$@2"}'],
    ['$ACTION_1:1', '[{}]'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":"x","bound":null}'],
    ['$ACTION_1:1', '[{}]'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":"x","bound":"$@1"}'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":"x","bound":"$@1"}'],
    ['$ACTION_1:1', '['],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":"x","bound":"$@1"}'],
    ['$ACTION_1:1', '[]'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":"x","bound":"$@1"}'],
    ['$ACTION_1:1', '[{},{}]'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":"x","bound":"$@1"}'],
    ['$ACTION_1:1', '["$F1"]'],
  ],
  [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', '{"id":"x","bound":"$@1"}'],
    ['$ACTION_1:1', '[{"a":"$F1"}]'],
  ],
  [['$ACTION_REF_', '']],
] as [string, string][][])('hidden fields that name no action are 400: %j', async (...fields) => {
  expect(await judge(formOf([...fields, ...entered] as Fields))).toBe(400)
})

test('a form over a mebibyte is 413, also when unannounced', async () => {
  expect(await judge(formOf([['email', 'x'.repeat(1024 * 1024)]]))).toBe(413)
  expect(await judge(formOf([['email', 'x'.repeat(1024 * 1023)]]))).toBeUndefined()
  expect(await judge('["$K1"]'.padEnd(1024 * 1024), text)).toBeUndefined()
  expect(await judge('["$K1"]'.padEnd(1024 * 1024 + 1), text)).toBe(413)
})

test('a body that calls no action is not read', async () => {
  for (const type of [
    'application/x-www-form-urlencoded',
    'text/plain; a=multipart/form-data',
    'application/json',
  ])
    expect(await judge('%', { 'content-type': type })).toBeUndefined()
})
