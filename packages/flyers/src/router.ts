import { requireUser } from '@pockitflyer/auth-client/trpc'
import type { Verifier } from '@pockitflyer/auth-client/verifier'
import { initTRPC, TRPCError } from '@trpc/server'
import type { Kysely } from 'kysely'
import type { FindAuthor } from './author.ts'
import type { RequestContext } from './context.ts'
import type { Database } from './db/database.ts'
import { insertFlyer, listFlyersOf } from './db/flyers.ts'
import { toErrorShape } from './errors.ts'
import { flyer, myFlyers, newFlyer } from './schema.ts'

/** What the procedures work with. */
export interface Dependencies {
  db: Kysely<Database>
  verifier: Verifier
  findAuthor: FindAuthor
}

const t = initTRPC.context<RequestContext>().create({
  errorFormatter: ({ error, path, ctx }) => toErrorShape(error, { path, requestId: ctx?.requestId }),
})

/**
 * Makes the procedures of this service. Each needs an access token of the account service:
 * `ctx.claims` says whose.
 */
export function createRouter({ db, verifier, findAuthor }: Dependencies) {
  const loggedIn = t.procedure.use(requireUser(verifier))
  return t.router({
    flyers: t.router({
      /** The caller's flyers, and who the caller is. */
      mine: loggedIn.output(myFlyers).query(async ({ ctx }) => {
        const [author, flyers] = await Promise.all([
          findAuthor(ctx.authorization),
          listFlyersOf(db, ctx.claims.user_id),
        ])
        return { author, flyers }
      }),

      /** Posts a flyer, once however often it is sent. Refused with `invalid_input`, `id_taken`. */
      create: loggedIn
        .input(newFlyer)
        .output(flyer)
        .mutation(async ({ ctx, input }) => {
          const stored = await insertFlyer(db, { ...input, author_id: ctx.claims.user_id })
          if (stored === undefined) throw new TRPCError({ code: 'CONFLICT' })
          return stored
        }),
    }),
  })
}

/** The type that clients import: it carries every procedure's input, output and errors. */
export type FlyersRouter = ReturnType<typeof createRouter>
