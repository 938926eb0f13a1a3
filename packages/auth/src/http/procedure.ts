import { z } from 'zod'
import type { TokenClaims } from '../tokens/claims.ts'
import type { RequestContext } from './context.ts'
import { parseInput } from './input.ts'

/** A use case as both doors offer it: what it takes, what it answers, and who may call it. */
export interface Procedure<Input extends z.ZodType, Output extends z.ZodType> {
  input: Input
  output: Output
  /** Answers one call. `readInput` is not asked before it is known that the caller may call. */
  answer(context: RequestContext, readInput: ReadInput): Promise<z.output<Output>>
}

/** Reads what a client sent, whatever that is. */
export type ReadInput = () => Promise<unknown>

/** What a procedure is made of. `run` is handed input that was checked; what it returns is checked too, and what is not declared left out. */
interface Definition<Context, Input extends z.ZodType, Output extends z.ZodType> {
  input: Input
  output: Output
  run(context: Context, input: z.output<Input>): z.input<Output> | Promise<z.input<Output>>
}

/** The context of a procedure whose caller presented an access token. */
export interface SignedInContext extends RequestContext {
  claims: TokenClaims
}

/** The input of a procedure that takes none. */
export const nothingAsked = z.custom<void>()

/** A procedure that anybody may call. */
export function publicProcedure<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<RequestContext, Input, Output>,
): Procedure<Input, Output> {
  return createProcedure(definition, async (context) => context)
}

/**
 * A procedure for who presents an access token in `Authorization: Bearer …`; its claims are in the context. It throws what
 * `RequestContext.readClaims` throws.
 */
export function signedInProcedure<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<SignedInContext, Input, Output>,
): Procedure<Input, Output> {
  return createProcedure(definition, async (context) => ({ ...context, claims: await context.readClaims() }))
}

/** `admit` decides who may call, before anything that was sent is read. */
function createProcedure<Context, Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<Context, Input, Output>,
  admit: (context: RequestContext) => Promise<Context>,
): Procedure<Input, Output> {
  const { input, output } = definition
  return {
    input,
    output,
    async answer(context, readInput) {
      const admitted = await admit(context)
      return output.parse(await definition.run(admitted, parseInput(input, await readInput())))
    },
  }
}
