import type { Admin } from '@pockitflyer/auth/admin'
import { SettingsError } from '@pockitflyer/server/settings'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { withAnySchema } from '../../database/with-database.ts'
import { Failure, ReportedError, UsageError } from '../../failure.ts'
import { createTable } from '../../output/table.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { checkCombinations } from './check-combinations.ts'
import { checkDatabase } from './check-database.ts'
import { checkDemoUser } from './check-demo-user.ts'
import { checkFiles } from './check-files.ts'
import { checkHashSpeed } from './check-hash-speed.ts'
import { checkKeys } from './check-keys.ts'
import { checkStoredHashes } from './check-stored-hashes.ts'
import { checkUrl } from './check-url.ts'
import { found, type Finding, ok } from './finding.ts'
import { readServiceSettings, type ServiceSettings } from './read-service-settings.ts'

interface DoctorOptions extends JsonOption {
  strict?: boolean
  url?: string
}

/** Adds `auth doctor`. */
export function addDoctorCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    signature: 'doctor',
    summary: 'check settings, keys, database, clock, worker, files and the speed of a hash',
    description:
      'Looks at what the service would run with in this environment, and changes nothing.\n' +
      'Each finding is ok, a remark, a warning or an error, and says what mends it. No secret is printed.\n' +
      'With --json: a line for each, {"level", "check", "text", "fix"}.',
    examples: [
      'NODE_ENV=production pnpm auth doctor',
      'pnpm auth doctor --strict --json    for a script: exit code 1 on a warning, too',
      'pnpm auth doctor --url https://accounts.example.com    looks from outside, too',
    ],
  })
    .option('--strict', 'exit with 1 on a warning, too')
    .option('--url <URL>', 'ask for TLS, web app, API and keys there, as people do')
    .action((options: DoctorOptions) => doctor(cli, options))
}

async function doctor(cli: Cli, { json, strict, url }: DoctorOptions): Promise<void> {
  const target = url === undefined ? undefined : readUrl(url)
  const findings = [...(await examine(cli)), ...(target === undefined ? [] : await checkUrl(target))]
  const table = createTable(['LEVEL', 'CHECK', 'FINDING'], cli.stdout.columns)
  await cli.stdout.print(
    json ? findings.map((finding) => JSON.stringify(finding)) : table(findings.flatMap(toRows)),
  )
  const isBad = ({ level }: Finding) => level === 'error' || (strict && level === 'warning')
  if (findings.some(isBad)) throw new ReportedError()
}

function readUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError('--url must be an address like https://accounts.example.com.')
  return url
}

async function examine(cli: Cli): Promise<Finding[]> {
  const settings = await readServiceSettings(cli)
  const files = await checkFiles(Object.values(cli.secretFiles))
  if (Array.isArray(settings)) return [...settings, ...files, ...(await examineDatabase(cli))]
  return [
    ok('settings', 'can be read'),
    ...checkKeys(settings),
    ...checkCombinations(settings, cli.environment),
    ...files,
    ...(await examineDatabase(cli, settings)),
    ...(await checkHashSpeed(settings)),
  ]
}

/**
 * Connects as the service does, where its settings can be read. Unreadable settings are a finding
 * already.
 */
async function examineDatabase(cli: Cli, settings?: ServiceSettings): Promise<Finding[]> {
  const look = async (admin: Admin) => {
    const findings = await checkDatabase(admin, settings?.database.poolSize)
    const canTell = settings !== undefined && findings.every(({ level }) => level !== 'error')
    if (!canTell) return findings
    const demo = await checkDemoUser(admin, settings.isProduction)
    return [...findings, ...(await checkStoredHashes(admin, settings.passwords)), ...demo]
  }
  try {
    return await withAnySchema(cli, look, settings?.database)
  } catch (error) {
    if (error instanceof SettingsError) return []
    if (!(error instanceof Failure)) throw error
    return [found('error', 'database', [error.message, fixOf(error)])]
  }
}

function fixOf({ message }: Failure): string {
  // PgBouncer and Neon; Amazon's RDS Proxy.
  if (/startup parameter|command-line options/.test(message)) return 'DATABASE_PREPARE=false'
  if (/takes no writes/.test(message)) return 'name every server in DATABASE_URL, with commas between'
  return 'start PostgreSQL there, or correct DATABASE_URL'
}

/** Puts the fix on a line of its own, to be copied. */
function toRows({ level, check, text, fix }: Finding): string[][] {
  return [[level, check, text], ...(fix === null ? [] : [['', '', `fix: ${fix}`]])]
}
