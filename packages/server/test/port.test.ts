import { expect, test } from 'vitest'
import { findPortFault } from '../src/settings/port.ts'

test.each(['0', '80', '65535', '08000'])('a port is taken: %s', (text) => {
  expect(findPortFault(text)).toBe(undefined)
})

test.each(['65536', '99999', '-1', '1.5', '0x50', 'http', ' 80', '1e3', ''])(
  'what is no port is refused: %j',
  (text) => {
    expect(findPortFault(text)).toBe('must be a port from 0 to 65535')
  },
)

test.each(['tcp://10.0.0.1:8000', 'udp://10.0.0.1:53', 'tcp://[fd00::1]:80'])(
  'a variable of Kubernetes is named, with its remedy: %s',
  (text) => {
    expect(findPortFault(text)).toMatch(/Kubernetes.*enableServiceLinks: false/)
  },
)
