import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { openService, password, secretKey } from '../service.ts'
import { packConsumer } from './pack.ts'

const run = promisify(execFile)

/** The oldest Node on this machine that the package promises to run on, 20 or later. */
async function findOldestNode(): Promise<{ path: string; major: number }> {
  const paths = new Set((process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node')))
  const found = await Promise.all(
    [...paths].map(async (path) => {
      const version = await run(path, ['--version']).then(
        ({ stdout }) => /^v(\d+)/.exec(stdout)?.[1],
        () => undefined,
      )
      return { path, major: Number(version) }
    }),
  )
  const [oldest] = found.filter(({ major }) => major >= 20).toSorted((a, b) => a.major - b.major)
  return oldest ?? { path: process.execPath, major: Number(process.versions.node.split('.')[0]) }
}

const { path, major } = await findOldestNode()

test(`client, file store and verifier run on Node ${major}, the oldest`, async () => {
  const consumer = await packConsumer([])
  afterAll(() => consumer.remove())
  const service = await openService()
  const { url } = await service.listen()
  const { id, email } = await service.addUser()
  const script = join(consumer.folder, 'script.js')
  await writeFile(
    script,
    `
    import { createAuthClient } from '@pockitflyer/auth-client'
    import { createFileStore } from '@pockitflyer/auth-client/node'
    import { createVerifier } from '@pockitflyer/auth-client/verifier'
    const [url, email, password, secret] = process.argv.slice(2)
    const client = createAuthClient({ url, store: createFileStore('session.json') })
    await client.auth.login.mutate({ email, password })
    const access = await client.getAccessToken({ refused: await client.getAccessToken() })
    const claims = await createVerifier({ secret }).verify(access)
    const me = await client.auth.me.query()
    const { kind } = await client.logOut()
    console.log(JSON.stringify([claims.user_id, me.id, kind]))
    `,
  )
  const { stdout } = await run(path, [script, url, email, password, secretKey], { cwd: consumer.folder })
  expect(JSON.parse(stdout)).toEqual([id, id, 'ended'])
})
