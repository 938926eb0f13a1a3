import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runPnpm } from '@pockitflyer/auth-client/testing'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const exec = promisify(execFile)
const repository = join(import.meta.dirname, '../../../..')
const packages = ['auth-client', 'auth-protocol']

test.each(packages)('%s could be published', async (name) => {
  const folder = join(repository, 'packages', name)
  // Without scripts: packing builds into one folder, where other tests may be packing now.
  await runPnpm(folder, 'publish', '--dry-run', '--no-git-checks', '--ignore-scripts')
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({ publishConfig: { access: 'public' } })
  expect(manifest).not.toHaveProperty('private')
  // A link to a file of the repository would be dead on the page of the package.
  expect(await readFile(join(folder, 'README.md'), 'utf8')).not.toMatch(/\]\((?!https:|#)/)
})

const workflow = z.object({
  jobs: z.object({
    release: z.object({
      steps: z.array(
        z.object({ run: z.string().optional(), env: z.record(z.string(), z.unknown()).default({}) }),
      ),
    }),
  }),
})

/** The steps of the job that publishes. */
async function readSteps() {
  const text = await readFile(join(repository, '.github/workflows/release.yml'), 'utf8')
  return workflow.parse(parse(text)).jobs.release.steps
}

/** A registry that takes everything, and tells what was put. */
async function startRegistry() {
  const put: string[] = []
  const server = createServer((request, response) => {
    if (request.method === 'PUT') put.push(request.url ?? '')
    request.resume().once('end', () => response.writeHead(request.method === 'PUT' ? 201 : 404).end('{}'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => server.close().closeAllConnections())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return { host: `127.0.0.1:${address.port}`, put }
}

test('the workflow publishes with provenance or not at all', async () => {
  const { host, put } = await startRegistry()
  const folder = await mkdtemp(join(tmpdir(), 'provenance-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'package.json'), '{"name": "@pockitflyer/probe", "version": "1.0.0"}')
  await writeFile(join(folder, '.npmrc'), `//${host}/:_authToken=a-token-of-the-test`)
  const args = ['-y', 'pnpm@12.21.0', 'publish', '--no-git-checks', '--registry', `http://${host}/`]
  const publish = (env: Record<string, string>) =>
    exec('npx', args, { cwd: folder, env: { ...process.env, ...env } })
  // A workflow in which GitHub hands out no identity.
  const inWorkflow = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'pockitflyer/accounts' }
  const provenance = (await readSteps()).at(-1)?.env['PNPM_CONFIG_PROVENANCE']
  await expect(publish({ ...inWorkflow, PNPM_CONFIG_PROVENANCE: String(provenance) })).rejects.toThrow(
    'ID_TOKEN',
  )
  expect(put).toEqual([])
  await publish(inWorkflow)
  expect(put, 'a token alone would do').toEqual(['/@pockitflyer%2fprobe'])
})

test('the workflow names the repository in both packages', async () => {
  const folder = await copyWorkspace()
  const script = (await readSteps()).flatMap(({ run = '' }) => (run.includes('npm pkg set') ? [run] : []))
  const env = {
    ...process.env,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'pockitflyer/accounts',
  }
  await exec('bash', ['-e', '-c', script.join('\n')], { cwd: folder, env })
  for (const name of packages) {
    const manifest: unknown = JSON.parse(
      await readFile(join(folder, 'packages', name, 'package.json'), 'utf8'),
    )
    const url = 'git+https://github.com/pockitflyer/accounts.git'
    expect(manifest).toMatchObject({ repository: { type: 'git', url, directory: `packages/${name}` } })
  }
})

/** Copies what changesets read of the workspace into a repository of its own. */
async function copyWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'release-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const manifests = packages.map((name) => `packages/${name}/package.json`)
  const files = ['package.json', 'pnpm-workspace.yaml', '.changeset/config.json', ...manifests]
  for (const file of files) await cp(join(repository, file), join(folder, file))
  return folder
}

test('a changeset becomes a version and a changelog', async () => {
  const folder = await copyWorkspace()
  const changeset = "---\n'@pockitflyer/auth-client': minor\n---\n\nTells the weather.\n"
  await writeFile(join(folder, '.changeset/weather.md'), changeset)
  const git = ['-c', 'user.name=test', '-c', 'user.email=test@example.com']
  await exec('git', ['init', '--initial-branch', 'main'], { cwd: folder })
  await exec('git', ['add', '.'], { cwd: folder })
  await exec('git', [...git, 'commit', '--message', 'test'], { cwd: folder })
  await exec(join(repository, 'node_modules/.bin/changeset'), ['version'], { cwd: folder })
  const read = async (from: string, file: string) =>
    readFile(join(from, 'packages/auth-client', file), 'utf8')
  const manifest = z.object({ version: z.string() })
  const before = manifest.parse(JSON.parse(await read(repository, 'package.json')))
  const { version } = manifest.parse(JSON.parse(await read(folder, 'package.json')))
  expect(version).not.toBe(before.version)
  const changelog = await read(folder, 'CHANGELOG.md')
  expect(changelog).toContain(`## ${version}\n\n### Minor Changes`)
  expect(changelog).toContain('Tells the weather.')
})
