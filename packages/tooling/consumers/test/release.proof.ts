import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runPnpm } from '@pockitflyer/auth-client/testing'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'

const exec = promisify(execFile)
const repository = join(import.meta.dirname, '../../../..')
const packages = ['auth-client', 'auth-protocol']

test.each(packages)('%s could be published, with provenance', async (name) => {
  const folder = join(repository, 'packages', name)
  // Without scripts: packing builds into one folder, where other tests may be packing now.
  await runPnpm(folder, 'publish', '--dry-run', '--no-git-checks', '--ignore-scripts')
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({ publishConfig: { access: 'public', provenance: true } })
  expect(manifest).not.toHaveProperty('private')
  // A link to a file of the repository would be dead on the page of the package.
  expect(await readFile(join(folder, 'README.md'), 'utf8')).not.toMatch(/\]\((?!https:|#)/)
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
