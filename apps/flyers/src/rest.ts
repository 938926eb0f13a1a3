import { callTRPCProcedure, TRPCError } from '@trpc/server'
import { type Context, Hono } from 'hono'
import { createContext, type Env } from './context.ts'
import { answerHeaders } from '@pockitflyer/flyers/errors'
import type { FlyersRouter } from '@pockitflyer/flyers/router'

/** The procedures for clients without tRPC. The app's error handler answers their errors. */
export function createRest(router: FlyersRouter): Hono<Env> {
  const call = async (c: Context<Env>, procedure: Procedure) => {
    const answer: unknown = await callTRPCProcedure({
      ...procedure,
      router,
      ctx: createContext(c),
      getRawInput: async () => (procedure.type === 'query' ? undefined : readJson(c)),
      signal: c.req.raw.signal,
      batchIndex: 0,
    })
    return answer
  }
  const headers = answerHeaders([])
  const rest = new Hono<Env>({ strict: false })
  rest.get('/mine', async (c) => c.json(await call(c, { path: 'flyers.mine', type: 'query' }), 200, headers))
  rest.post('/', async (c) =>
    c.json(await call(c, { path: 'flyers.create', type: 'mutation' }), 201, headers),
  )
  return rest
}

interface Procedure {
  path: string
  type: 'query' | 'mutation'
}

async function readJson(c: Context<Env>): Promise<unknown> {
  try {
    return await c.req.json<unknown>()
  } catch (cause) {
    throw new TRPCError({ code: 'PARSE_ERROR', cause })
  }
}
