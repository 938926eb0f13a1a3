import type { AnyTRPCRouter } from '@trpc/server'
import { z } from 'zod'
import type { ProcedureMeta } from './meta.ts'

/** What a procedure was built from. */
export interface ProcedureDefinition {
  /** Its path in the router, as in `auth.login`. */
  path: string
  type: 'query' | 'mutation'
  meta: ProcedureMeta
  /** The object of fields that it takes; `undefined` for a procedure that takes none. */
  input: z.ZodObject | undefined
  /** Whether the procedure also takes no input at all. */
  isInputOptional: boolean
  output: z.ZodType
}

/**
 * tRPC keeps in `_def` what a procedure was built from, and its types do not show it. This file
 * alone reads it.
 */
const definition = z.object({
  type: z.enum(['query', 'mutation']),
  meta: z.custom<ProcedureMeta>((value) => typeof value === 'object' || value === undefined),
  inputs: z.array(z.unknown()),
  output: z.custom<z.ZodType>((value) => value instanceof z.ZodType),
})

const router = z.object({
  procedures: z.record(
    z.string(),
    z.custom<{ _def: unknown }>((value) => typeof value === 'function' && '_def' in value),
  ),
})

/**
 * Lists what the procedures of a router were built from, in the router's order.
 * @throws {z.ZodError} when a procedure has no output, and when tRPC keeps it in another way
 */
export function listDefinitions({ _def: definitionOfRouter }: AnyTRPCRouter): ProcedureDefinition[] {
  const { procedures } = router.parse(definitionOfRouter)
  return Object.entries(procedures).map(([path, { _def: definitionOfProcedure }]) => {
    const { inputs, meta, ...rest } = definition.parse(definitionOfProcedure)
    const [input] = inputs
    const isInputOptional = input instanceof z.ZodOptional
    return { path, ...rest, meta: meta ?? {}, input: findObject(input), isInputOptional }
  })
}

/** Returns the schema of a value when it is there: what an optional one wraps. */
export function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema
}

function findObject(input: unknown): z.ZodObject | undefined {
  const inner = unwrap(input)
  return inner instanceof z.ZodObject ? inner : undefined
}
