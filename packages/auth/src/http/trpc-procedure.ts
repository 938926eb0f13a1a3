import { initTRPC, type TRPCMutationProcedure, type TRPCQueryProcedure } from '@trpc/server'
import type { z } from 'zod'
import type { RequestContext } from './context.ts'
import { toAuthError } from './error.ts'
import { toErrorShape } from './error-shape.ts'
import { perform } from './perform.ts'
import type { ReadInput } from './procedure.ts'
import type { ProcedureName, procedures } from './procedures.ts'

const t = initTRPC.context<RequestContext>().create({
  errorFormatter: ({ error, path, ctx }) =>
    toErrorShape(toAuthError(error), { path, requestId: ctx?.requestId }),
})

export const { router, createCallerFactory } = t

/** What tRPC's types say of a procedure. */
interface Types<Name extends ProcedureName> {
  input: z.input<(typeof procedures)[Name]['input']>
  output: z.output<(typeof procedures)[Name]['output']>
  meta: object
}

/** A procedure that changes nothing, as tRPC serves it. */
export function query<Name extends ProcedureName>(name: Name): TRPCQueryProcedure<Types<Name>> {
  const served: unknown = t.procedure.query((call) => perform(name, call.ctx, readerOf(call)))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a procedure checks its input and output itself, so tRPC is not told of them
  return served as TRPCQueryProcedure<Types<Name>>
}

/** A procedure that changes something, as tRPC serves it. */
export function mutation<Name extends ProcedureName>(name: Name): TRPCMutationProcedure<Types<Name>> {
  const served: unknown = t.procedure.mutation((call) => perform(name, call.ctx, readerOf(call)))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return served as TRPCMutationProcedure<Types<Name>>
}

/**
 * Reads the input of a call. tRPC hands the reader to every function of a procedure and declares it for a middleware alone; one more
 * middleware makes a call in a batch a tenth dearer.
 */
function readerOf(call: object): ReadInput {
  if (!('getRawInput' in call) || typeof call.getRawInput !== 'function') {
    throw new TypeError('tRPC hands over no reader of the input')
  }
  const { getRawInput } = call
  return async () => {
    const input: unknown = await Reflect.apply(getRawInput, undefined, [])
    return input
  }
}
