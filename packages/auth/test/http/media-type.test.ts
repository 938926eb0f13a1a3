import { expect, test } from 'vitest'
import { isMatch, parseMediaType } from '../../src/http/drf/media-type.ts'

test.each([
  ['', '', '', {}],
  ['Application/JSON', 'application', 'json', {}],
  [' a / b ', 'a ', ' b', {}],
  ['a/b/c; flag; X = 1=2 ;y=3', 'a', 'b/c', { x: '1=2', y: '3' }],
  ['a/b; x="1; y=2"; z=3', 'a', 'b', { x: '1; y=2', z: '3' }],
  ['a/b; x=""; y=3', 'a', 'b', { x: '', y: '3' }],
  [String.raw`a/b; x="1\"2\\3\4"`, 'a', 'b', { x: String.raw`1"2\3\4` }],
  ['a/b; x="', 'a', 'b', { x: '"' }],
  ['a/b; x="1; y=2', 'a', 'b', { x: '"1; y=2' }],
  ['a/b; x=1"', 'a', 'b', { x: '1"' }],
  ["a/b; x*=utf-8''%C3%A9%20b; y=%20", 'a', 'b', { x: 'é b', y: '%20' }],
  ["a/b; x*=utf-8'en'a; y*=a%20", 'a', 'b', { x: 'a', y: 'a%20' }],
  ["a/b; x*=a'b'c'd%20", 'a', 'b', { x: "a'b'c'd%20" }],
  ["a/b; x*=''%zz", 'a', 'b', { x: '%zz' }],
])('a media type is read as Django REST framework reads it: %s', (text, main, sub, parameters) => {
  expect(parseMediaType(text)).toEqual({ main, sub, parameters: new Map(Object.entries(parameters)) })
})

test.each([
  ['application/json; a=b', true],
  ['application/*', true],
  ['*/json', true],
  ['*/*', true],
  ['application/xml', false],
  ['text/json', false],
  ['*/xml', false],
  ['json', false],
])('JSON matches %s: %j', (text, isMatching) => {
  const [json, other] = [parseMediaType('application/json'), parseMediaType(text)]
  expect([isMatch(json, other), isMatch(other, json)]).toEqual([isMatching, isMatching])
})
