import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const modules = 'import argon2, django, psycopg2, rest_framework_simplejwt.token_blacklist'

/**
 * A Python with those modules: DJANGO_PYTHON, or Debian's, which need not be the first in PATH;
 * `undefined`: none.
 */
export const python = [process.env['DJANGO_PYTHON'] ?? 'python3', '/usr/bin/python3'].find(
  (python) => spawnSync(python, ['-c', modules]).status === 0,
)

/** Whether this machine has Django, REST framework, SimpleJWT, psycopg2 and argon2-cffi. */
export const hasDjango = python !== undefined

/** A Django service that is running. */
export interface DjangoService {
  url: string
  stop: () => Promise<void>
}

/**
 * Starts a real Django service with REST framework and SimpleJWT on the tables of `service-3.2`.
 * @throws {Error} with its output, when it ends before it listens
 */
export async function startDjango(
  databaseUrl: string,
  secretKey: string,
  { readsArgon2 = true } = {},
): Promise<DjangoService> {
  if (python === undefined) throw new Error('This machine has no Django.')
  const folder = join(import.meta.dirname, 'service')
  const env = {
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secretKey,
    PYTHONDONTWRITEBYTECODE: '1',
    WITHOUT_ARGON2: readsArgon2 ? '' : '1',
  }
  const child = spawn(python, [join(folder, 'serve.py')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (data: unknown) => {
      output = `${output}${String(data)}`.slice(-10_000)
      const found = /"url":"([^"]+)"/.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('close', () => reject(new Error(`Django ended: ${output}`)))
  })
  return {
    url,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
