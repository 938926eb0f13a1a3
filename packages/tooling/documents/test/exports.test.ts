import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const packages = join(import.meta.dirname, '../../..')
const manifest = z.object({ exports: z.record(z.string(), z.string()) })

/** The entries whose exports are documented in full. */
const entries = [
  'auth/src/index.ts',
  'auth/src/admin/index.ts',
  ...['auth-client', 'auth-protocol'].flatMap((name) => {
    const file = join(packages, name, 'package.json')
    const { exports } = manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
    return Object.values(exports).map((path) => join(name, path))
  }),
]

test.each(entries)('%s: every export has a doc comment', (entry) => {
  const found = [...findExports(join(packages, entry))]
  expect(found.length).toBeGreaterThan(0)
  expect(found.filter(([, { doc, isInferred }]) => doc === undefined && !isInferred)).toEqual([])
})

test.each(entries)('%s: every function, class and schema has an example', async (entry) => {
  const values = z.record(z.string(), z.unknown()).parse({ ...(await import(join(packages, entry))) })
  const exported = findExports(join(packages, entry))
  const needing = Object.keys(values).filter(
    (name) => typeof values[name] === 'function' || values[name] instanceof z.ZodType,
  )
  expect(needing.filter((name) => !/\* @example\s/.test(exported.get(name)?.doc ?? ''))).toEqual([])
})

interface Export {
  doc: string | undefined
  /** The type of a schema, which has the comment. */
  isInferred: boolean
}

/** Returns the exports of a file with their doc comments, those of other files included. */
function findExports(file: string): Map<string, Export> {
  const text = readFileSync(file, 'utf8')
  const declared = [...text.matchAll(declaration)].map(([, doc, name = '', rest = '']) => {
    return [name, { doc, isInferred: /^ = z\.(?:infer|output)</.test(rest) }] as const
  })
  const everything = [...text.matchAll(/^export (?:type )?\* from '([^']+)'/gm)].flatMap(([, from = '']) => [
    ...findExports(resolveImport(file, from)),
  ])
  const named = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)'/gm)].flatMap(
    ([, list = '', from = '']) => {
      const inner = findExports(resolveImport(file, from))
      return namesOf(list).map((name) => [name, inner.get(name) ?? undocumented] as const)
    },
  )
  return new Map([...declared, ...everything, ...named])
}

const declaration =
  /(\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?^export (?:async )?(?:function|class|const|interface|type) (\w+)(.*)/gm

const undocumented: Export = { doc: undefined, isInferred: false }

const namesOf = (list: string) => list.match(/\b(?!type\b)\w+/g) ?? []

function resolveImport(file: string, from: string): string {
  return from.startsWith('.') ? resolve(dirname(file), from) : createRequire(file).resolve(from)
}
