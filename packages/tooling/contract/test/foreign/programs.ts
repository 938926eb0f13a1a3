import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { isRecord } from '../../src/exchange.ts'

const verifiersDir = join(import.meta.dirname, '../../verifiers')

/** A program that verifies tokens with a library that we did not write. */
export interface Program {
  name: string
  command: string
  args: string[]
  /** Name and version, as far as it tells. */
  library: string
  algorithms: string[]
}

interface Candidate {
  name: string
  /** The first that has the library is taken. */
  interpreters: string[]
  args: string[]
  /** Where the library comes from. */
  package: string
}

/** Debian's packages are for Debian's Python, which need not be the first in PATH. */
const pythons = ['python3', '/usr/bin/python3']

const simplejwt = { interpreters: pythons, package: 'python3-djangorestframework-simplejwt' }

const candidates: Candidate[] = [
  { ...simplejwt, name: 'SimpleJWT JWTAuthentication', args: ['simplejwt.py', 'JWTAuthentication'] },
  {
    ...simplejwt,
    name: 'SimpleJWT JWTStatelessUserAuthentication',
    args: ['simplejwt.py', 'JWTStatelessUserAuthentication'],
  },
  { name: 'PyJWT', interpreters: pythons, args: ['pyjwt.py'], package: 'python3-jwt' },
  { name: 'ruby-jwt', interpreters: ['ruby'], args: ['ruby-jwt.rb'], package: 'ruby-jwt' },
  { name: 'Crypt::JWT', interpreters: ['perl'], args: ['crypt-jwt.pl'], package: 'libcrypt-jwt-perl' },
  { name: 'golang-jwt', interpreters: [process.execPath], args: ['golang-jwt.ts'], package: 'jwt' },
  {
    name: 'jsonwebtoken and jwks-rsa',
    interpreters: [process.execPath],
    args: ['jsonwebtoken.ts'],
    package: 'jsonwebtoken',
  },
]

const found = candidates.map(findProgram)

/** The programs that can run on this machine. */
export const programs: Program[] = found.filter((program) => typeof program === 'object')

/** Why each of the others cannot. */
export const missing: string[] = found.filter((program) => typeof program === 'string')

/** Tokens that SimpleJWT minted for user 1. */
export interface Minted {
  access: string
  refresh: string
}

/**
 * Runs SimpleJWT as a Django service would that gives tokens to its user 1; undefined where it is
 * not installed.
 */
export function mintWithSimplejwt(settings: Record<string, string>): Minted | undefined {
  const python = programs.find(({ name }) => name.startsWith('SimpleJWT'))?.command
  if (python === undefined) return undefined
  const { stdout, stderr } = run(python, [join(verifiersDir, 'simplejwt_mint.py')], settings)
  const { access, refresh } = parseLine(stdout)
  if (typeof access !== 'string' || typeof refresh !== 'string') throw new Error(stderr)
  return { access, refresh }
}

/** What a program gets of the environment beside its settings. */
export function environment(settings: Record<string, string>): Record<string, string | undefined> {
  return { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1', ...settings }
}

/** The program with the first interpreter that runs it, or why none does. */
function findProgram({
  name,
  interpreters,
  args: [script = '', ...rest],
  package: from,
}: Candidate): Program | string {
  const args = [join(verifiersDir, script), ...rest]
  const complaints = new Set<string>()
  for (const command of interpreters) {
    const { stdout, stderr } = run(command, [...args, '--describe'], {})
    const { library, algorithms } = parseLine(stdout)
    if (Array.isArray(algorithms)) {
      return { name, command, args, library: String(library), algorithms: algorithms.map(String) }
    }
    complaints.add(stderr.match(/\w*Error: .*$/m)?.[0] ?? stderr.trim())
  }
  return `${name} is skipped, as ${from} is not installed (${[...complaints].join('; ')})`
}

/** Runs a program to its end. One that is not there wrote nothing. */
function run(command: string, args: string[], settings: Record<string, string>) {
  const { stdout, stderr, error } = spawnSync(command, args, { env: environment(settings), encoding: 'utf8' })
  return error === undefined ? { stdout, stderr } : { stdout: '', stderr: String(error) }
}

/** The object that a program wrote, empty when it wrote none. */
function parseLine(stdout: string): Record<string, unknown> {
  const line: unknown = stdout === '' ? {} : JSON.parse(stdout)
  return isRecord(line) ? line : {}
}
