import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { openUsers, startIssuer } from './issuers.ts'
import { generateKey, toPem } from './keys.ts'
import { environment, missing, programs } from './programs.ts'

const page = join(import.meta.dirname, '../../../../../apps/docs/client/python.md')
const snippets = [...readFileSync(page, 'utf8').matchAll(/^```python\n(.*?)^```$/gms)].map(
  ([, code = '']) => code,
)

const service = await startIssuer(await openUsers(), { SIGNING_KEY: toPem(generateKey('EdDSA')) })
afterAll(() => service.stop())

const python = programs.find(({ name }) => name === 'PyJWT')

/** What a reader would try with the functions of the page. */
const trial = `
print(user_of(session["access"]))
try:
    user_of(session["refresh"])
except jwt.PyJWTError as error:
    print(error)
`

test.skipIf(python === undefined)('the Python of the page logs in, refreshes and verifies', async () => {
  const program = [...snippets, trial].join('\n').replace('https://accounts.example.com', service.url)
  expect(program).toContain(service.url)
  const child = spawn(python?.command ?? 'python3', ['-c', program], { env: environment({}) })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  expect(stderr).toBe('')
  expect(stdout.split('\n')).toEqual([expect.any(String), '1', 'not an access token', ''])
})

test.for(python === undefined ? missing.filter((reason) => reason.startsWith('PyJWT')) : [])(
  '%s',
  (reason, { skip }) => skip(reason),
)
