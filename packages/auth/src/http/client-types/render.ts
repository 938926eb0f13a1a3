import { fileURLToPath } from 'node:url'
import * as schemas from '@pockitflyer/auth-protocol/schemas'
import type { AnyTRPCRouter } from '@trpc/server'
import { z } from 'zod'
import { listDefinitions, type ProcedureDefinition } from '../../procedures/definitions.ts'
import { callerErrors } from '../../procedures/error-examples.ts'
import { readComments, renderComment } from './comments.ts'
import { renderType } from './type-text.ts'

const notice = `// Generated from the service's router by \`pnpm client:types\`. Do not edit.\n`

const procedureComments = readComments(fileURLToPath(new URL('../../procedures/', import.meta.url)))
const schemaComments = readComments(
  fileURLToPath(new URL('.', import.meta.resolve('@pockitflyer/auth-protocol/schemas'))),
)

/**
 * Returns the module of types that the typed client publishes: an interface with every procedure,
 * and one for each schema with an id. It leaves out tRPC's context and meta, so that it names
 * neither zod nor a module of the service. Doc comments come from the procedures, the schemas and
 * their `description`.
 * @throws {Error} when an id stands for two types
 */
export function renderClientTypes(router: AnyTRPCRouter): string {
  const types = new Map<string, string>()
  const members = listDefinitions(router).map((definition) => renderProcedure(definition, types))
  const bodies = Array.from(types, ([name, text]) => {
    const comment = renderComment(findSchemaComment(name), '')
    return `\n${comment}export ${text.startsWith('{') ? `interface ${name} ` : `type ${name} = `}${text}\n`
  })
  return [
    notice,
    "import type { Mutation, Query } from '../procedure.ts'\n",
    '\n/** The procedures of the account service. */\n',
    `export interface AuthProcedures {\n${members.join('\n')}}\n`,
    ...bodies,
  ].join('')
}

/**
 * Returns the module that says how the typed client sends each procedure, and its effect on the
 * client's session.
 */
export function renderProcedureTable(router: AnyTRPCRouter): string {
  const rows = listDefinitions(router).map(({ path, type, meta }) => {
    const role = meta.session ?? (meta.isProtected ? 'logged_in' : 'open')
    return `  ${path}: { type: '${type}', role: '${role}' },\n`
  })
  return [
    notice,
    "import type { ProcedureEntry } from '../procedure.ts'\n",
    '\n/** Every procedure of the service. */\n',
    `export const procedureTable: Record<string, ProcedureEntry> = {\n${rows.join('')}}\n`,
  ].join('')
}

function renderProcedure(definition: ProcedureDefinition, types: Map<string, string>): string {
  const { path, type, input, isInputOptional, output } = definition
  const given = input === undefined ? 'void' : nameType(input, 'input', types)
  const optional = input !== undefined && isInputOptional ? ' | undefined | void' : ''
  const kind = type === 'query' ? 'Query' : 'Mutation'
  const comment = [procedureComments.get(path), describeErrors(definition)].filter(
    (part) => part !== undefined,
  )
  const signature = `  ${path}: ${kind}<${given}${optional}, ${nameType(output, 'output', types)}>\n`
  return renderComment(comment.join('\n\n'), '  ') + signature
}

/** Returns the type of a schema by its name, and collects the types that it refers to. */
function nameType(schema: z.ZodType, side: 'input' | 'output', types: Map<string, string>): string {
  const { text, named } = renderType(schema, side)
  for (const [name, body] of named) {
    if ((types.get(name) ?? body) !== body) throw new Error(`${name} stands for two types.`)
    types.set(name, body)
  }
  return text
}

function findSchemaComment(id: string): string {
  const [name = ''] =
    Object.entries(schemas).find(([, value]) => value instanceof z.ZodType && value.meta()?.id === id) ?? []
  return schemaComments.get(name) ?? ''
}

/** Returns the errors of a use case, without those that every caller can meet. */
function describeErrors({ input, meta }: ProcedureDefinition): string | undefined {
  const declared = (meta.errors ?? []).map((one) => (typeof one === 'string' ? one : one.error.code))
  const all = new Set(input === undefined ? declared : ['invalid_input', ...declared])
  const common: string[] = meta.isProtected ? callerErrors : []
  if (meta.writesAccount) all.add('read_only')
  const own = Array.from(all).filter((code) => !common.includes(code))
  return own.length === 0 ? undefined : `Refused with ${own.map((code) => `\`${code}\``).join(', ')}.`
}
