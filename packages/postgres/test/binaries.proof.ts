import { chmod, cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBinaries } from '../src/binaries/binaries.ts'
import { findPlatformPackage } from '../src/binaries/platform-package.ts'
import { nobody } from '../src/binaries/run-as.ts'
import { isRoot, scratchFolder } from './scratch.ts'

test('the installed programs are used where they can be', async () => {
  const installed = findPlatformPackage()
  expect(await findBinaries(undefined)).toEqual({
    initdb: join(installed, 'bin', 'initdb'),
    postgres: join(installed, 'bin', 'postgres'),
  })
})

test.skipIf(!isRoot)('a checkout closed to nobody is copied once and repaired', async () => {
  const place = await scratchFolder(0o755)
  const options = { installed: await copyInstalled(), copyPlaces: [place] }
  const { postgres } = await findBinaries(nobody, options)
  expect(postgres.startsWith(place)).toBe(true)
  const { ino } = await stat(postgres)
  const bootstrapFile = join(postgres, '../../share/postgresql/postgres.bki')
  await rm(bootstrapFile)
  await Promise.all([findBinaries(nobody, options), findBinaries(nobody, options)])
  await stat(bootstrapFile)
  expect((await stat(postgres)).ino).toBe(ino)
  expect(await readdir(place)).toHaveLength(1)
})

test('libraries without install-script links are found in a copy', async () => {
  const place = await scratchFolder()
  const { postgres } = await findBinaries(undefined, {
    installed: await copyWithoutLinks(),
    copyPlaces: [place],
  })
  expect(postgres.startsWith(place)).toBe(true)
})

test('a copy that somebody else could have filled is not used', async () => {
  const installed = await copyWithoutLinks()
  const [squatted, good] = [await scratchFolder(), await scratchFolder()]
  await findBinaries(undefined, { installed, copyPlaces: [squatted] })
  const [name = ''] = await readdir(squatted)
  await chmod(join(squatted, name), 0o777)
  const { postgres } = await findBinaries(undefined, { installed, copyPlaces: [squatted, good] })
  expect(postgres.startsWith(good)).toBe(true)
  await expect(findBinaries(undefined, { installed, copyPlaces: [squatted] })).rejects.toThrow(
    'set DATABASE_URL',
  )
})

test('missing programs, or those of another libc, explain what to do', async () => {
  const installed = await scratchFolder()
  await mkdir(join(installed, 'bin'))
  await writeFile(join(installed, 'bin', 'postgres'), '#!/lib/ld-of-another-libc.so\n', { mode: 0o755 })
  await expect(findBinaries(undefined, { installed })).rejects.toThrow(
    /does not run here .*ENOENT.*Install PostgreSQL 15 or later and set DATABASE_URL/,
  )
  expect(() => findPlatformPackage('sunos', 'sparc')).toThrow(
    /No embedded PostgreSQL is installed for sunos-sparc. Install PostgreSQL 15 or later and set DATABASE_URL/,
  )
})

/** The installed package once more, below a closed folder. */
async function copyInstalled(): Promise<string> {
  const copy = join(await scratchFolder(0o700), 'package')
  await cp(join(findPlatformPackage(), '..'), copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'native')
}

/** As it is when no install script ran. */
async function copyWithoutLinks(): Promise<string> {
  const installed = await copyInstalled()
  for (const entry of await readdir(installed, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(entry.parentPath, entry.name))
  }
  return installed
}
