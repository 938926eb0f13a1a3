import { initTRPC } from '@trpc/server'
import { expect, test } from 'vitest'
import { type AuthorizationContext, requireUser } from '../../src/guards/trpc.ts'
import { verifier, bearer } from './bearer.ts'

const t = initTRPC.context<AuthorizationContext & { tenant: string }>().create()
const router = t.router({
  whoAmI: t.procedure
    .use(requireUser(verifier))
    .query(({ ctx }) => ({ id: ctx.claims.user_id, tenant: ctx.tenant })),
})
const createCaller = t.createCallerFactory(router)

test('tRPC: a guarded procedure knows its caller and keeps its context', async () => {
  const caller = createCaller({ authorization: await bearer(), tenant: 'north' })
  expect(await caller.whoAmI()).toEqual({ id: 7, tenant: 'north' })
})

test('tRPC: a guarded procedure without a good token is UNAUTHORIZED', async () => {
  const reasonOf = async (authorization: string | undefined) =>
    createCaller({ authorization, tenant: 'north' })
      .whoAmI()
      .catch((error: unknown) => error)
  expect(await reasonOf(undefined)).toMatchObject({
    code: 'UNAUTHORIZED',
    cause: { code: 'not_authenticated' },
  })
  expect(await reasonOf('Bearer garbage')).toMatchObject({
    code: 'UNAUTHORIZED',
    cause: { code: 'token_invalid' },
  })
})
