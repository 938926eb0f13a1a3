import { readFileSync } from 'node:fs'

/** Returns the Node flags of an app, from the file `node-flags` in its folder. */
export function readNodeFlags(app: URL): string[] {
  return readFileSync(new URL('node-flags', app), 'utf8').trim().split(' ')
}
