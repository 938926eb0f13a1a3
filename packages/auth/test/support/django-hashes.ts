import { readFileSync } from 'node:fs'
import { z } from 'zod'

const pairs = z.array(z.tuple([z.string(), z.string()]))

const file = z.object({ django: z.string(), low: pairs, own: pairs }).array()

/** A hash that Django made, and its password. */
export interface DjangoHash {
  /** Of Django, such as `5.2.8`. */
  version: string
  family: string
  password: string
  hash: string
}

function read(costs: 'low' | 'own'): DjangoHash[] {
  const text = readFileSync(new URL('../passwords/django-hashes.json', import.meta.url), 'utf8')
  return file
    .parse(JSON.parse(text))
    .flatMap((made) => made[costs].map(([password, hash]) => toHash(made.django, password, hash)))
}

function toHash(version: string, password: string, hash: string): DjangoHash {
  return { version, family: hash.slice(0, hash.indexOf('$')), password, hash }
}

/** Hashes at low costs, of every hasher. `make-django-hashes.py` says how they were made. */
export const lowHashes = read('low')

/** Hashes at the costs that Django chose, of every hasher. */
export const ownHashes = read('own')
