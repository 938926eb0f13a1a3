import { initTRPC } from '@trpc/server'
import { Hono } from 'hono'
import { expect, test, vi } from 'vitest'
import { requireUser as requireInExpress } from '../../src/guards/express.ts'
import { requireUser as requireInHono } from '../../src/guards/hono.ts'
import { withUser } from '../../src/guards/next.ts'
import { type AuthorizationContext, requireUser } from '../../src/guards/trpc.ts'
import { TokenError } from '../../src/verifier/index.ts'
import { bearer, verifier } from './bearer.ts'

const t = initTRPC.context<AuthorizationContext>().create()

/** The error of a procedure behind the guard, when the check of sessions does this. */
async function trpcErrorOf(isRevoked: () => Promise<boolean>): Promise<unknown> {
  const router = t.router({
    mine: t.procedure.use(requireUser(verifier, { isRevoked })).query(() => 'passed'),
  })
  const caller = t.createCallerFactory(router)({ authorization: await bearer() })
  return caller.mine().catch((error: unknown) => error)
}

test('tRPC: what cannot be found out is SERVICE_UNAVAILABLE, an ended session UNAUTHORIZED', async () => {
  expect(await trpcErrorOf(async () => true)).toMatchObject({
    code: 'UNAUTHORIZED',
    cause: { code: 'session_ended' },
  })
  const unknown = trpcErrorOf(async () => {
    throw new TokenError('service_unavailable')
  })
  expect(await unknown).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  expect(await trpcErrorOf(async () => false)).toBe('passed')
})

test('tRPC: a fault that is not of the token is no refusal', async () => {
  const fault = trpcErrorOf(async () => {
    throw new Error('broken')
  })
  expect(await fault).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'broken' })
})

test('Express: a fault beyond the token goes to the error handler', async () => {
  const fault = new Error('broken')
  const next = vi.fn<(error?: unknown) => void>()
  const response = { set: vi.fn<() => unknown>(), status: vi.fn<() => { json(body: unknown): unknown }>() }
  const isRevoked = async () => {
    throw fault
  }
  const guard = requireInExpress(verifier, { isRevoked })
  await guard({ headers: { authorization: await bearer() } }, response, next)
  expect(next.mock.calls).toEqual([[fault]])
  expect(response.status).not.toHaveBeenCalled()
})

test('Hono: a fault beyond the token is an app error', async () => {
  const isRevoked = async () => {
    throw new Error('broken')
  }
  const app = new Hono().get('/', requireInHono(verifier, { isRevoked }), (c) => c.text('passed'))
  app.onError((error, c) => c.text(error.message, 500))
  const answer = await app.request('/', { headers: { authorization: await bearer() } })
  expect([answer.status, await answer.text()]).toEqual([500, 'broken'])
})

test("Next.js: the handler gets Next.js's arguments and the claims", async () => {
  const route = withUser(verifier, (_, context: { params: string; claims: { user_id: number } }) =>
    Response.json([context.params, context.claims.user_id]),
  )
  const request = new Request('https://app.test', { headers: { authorization: await bearer() } })
  const context = { params: 'kept', claims: { user_id: 1 } }
  expect(await (await route(request, context)).json()).toEqual(['kept', 7])
})

test.each([
  ['Bearer', false],
  ['bearer', true],
  ['BEARER', true],
  ['Token', false],
])('the scheme %s in any case is the one that counts', async (scheme, isGood) => {
  const authorization = (await bearer()).replace('Bearer', scheme)
  const claims = await verifier.verifyHeader(authorization).catch(() => undefined)
  expect(claims !== undefined).toBe(isGood || scheme === 'Bearer')
})
