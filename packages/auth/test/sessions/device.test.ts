import { expect, test } from 'vitest'
import { isOtherDevice, readDevice } from '../../src/sessions/device.ts'

const firefox = (system: string, version = 130) =>
  `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`
const linux = 'X11; Linux x86_64'
const chrome = `Mozilla/5.0 (${linux}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36`

test.each([
  [firefox(linux), { browser: 'Firefox', os: 'Linux', type: 'desktop' }],
  [chrome, { browser: 'Chrome', os: 'Linux', type: 'desktop' }],
  [firefox('Windows NT 10.0; Win64; x64'), { browser: 'Firefox', os: 'Windows', type: 'desktop' }],
  [firefox('Android 14; Mobile'), { browser: 'Firefox', os: 'Android', type: 'mobile' }],
  ['a test', { browser: null, os: null, type: null }],
  ['', { browser: null, os: null, type: null }],
  [null, { browser: null, os: null, type: null }],
])('a device is named as its user agent says: %s', (userAgent, device) => {
  expect(readDevice(userAgent)).toEqual(device)
})

test('another browser, system or kind of device is another device', () => {
  const others: [string | null, string | null][] = [
    [firefox(linux), chrome],
    [firefox(linux), firefox('Windows NT 10.0; Win64; x64')],
    [firefox('Android 14; Mobile'), firefox('Android 14; Tablet')],
    [firefox(linux), null],
  ]
  for (const [one, other] of others)
    expect([isOtherDevice(one, other), isOtherDevice(other, one)]).toEqual([true, true])
})

test('a new version of a browser is the same device', () => {
  expect(isOtherDevice(firefox(linux), firefox(linux, 131))).toBe(false)
  expect(isOtherDevice(null, 'a test')).toBe(false)
})
