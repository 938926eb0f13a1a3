import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromium, { inflate } from '@sparticuz/chromium'

/** Noto Sans Arabic, since the package's own fonts have no Arabic letters. */
const arabicFonts = [
  import.meta.resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf'),
].map((url) => fileURLToPath(url))

/** Where the parts of @sparticuz/chromium are, unpacked. */
export interface PackagedChromium {
  executablePath: string
  /** libnss3 and its like, for a machine that lacks them. */
  libraryPath: string
  fontConfigPath: string
}

/**
 * Unpacks Chromium from its npm package into a temporary folder of this user, once: 220 MB, about 5
 * seconds.
 */
export async function unpackChromium(): Promise<PackagedChromium> {
  const folder = join(tmpdir(), `pockitflyer-chromium-153-arabic-${userInfo().uid}`)
  if (!existsSync(folder)) await unpackInto(folder)
  return {
    executablePath: join(folder, 'chromium'),
    libraryPath: join(folder, 'al2023', 'lib'),
    fontConfigPath: join(folder, 'fonts.conf'),
  }
}

/**
 * Into a folder beside it first: a run that is killed meanwhile leaves nothing half done under the
 * final name.
 */
async function unpackInto(folder: string): Promise<void> {
  const staging = await mkdtemp(`${folder}-`)
  try {
    await inflateAll(staging)
    for (const font of arabicFonts) await copyFile(font, join(staging, 'fonts', basename(font)))
    await writeFile(join(staging, 'fonts.conf'), fontConfig(folder))
    await rename(staging, folder)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The package unpacks into `os.tmpdir()`, which follows TMPDIR. */
async function inflateAll(staging: string): Promise<void> {
  const archives = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')))
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = staging
  try {
    await Promise.all([chromium.executablePath(archives), inflate(join(archives, 'al2023.tar.br'))])
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

function fontConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
}
