import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import { NextRequest } from 'next/server.js'
import { afterAll, describe, expect, test } from 'vitest'
import * as forExpress from '../../src/guards/express.ts'
import * as forFastify from '../../src/guards/fastify.ts'
import * as forHono from '../../src/guards/hono.ts'
import { withUser } from '../../src/guards/next.ts'
import { createVerifier, TokenError } from '../../src/verifier/index.ts'
import { listen } from '../listen.ts'
import { bearer, verifier } from './bearer.ts'

const isRevoked = async () => true
const isUnknown = async () => {
  throw new TokenError('service_unavailable')
}

const hono = new Hono()
  .get('/me', forHono.requireUser(verifier), (c) => c.json({ id: c.get('claims').user_id }))
  .get('/now', forHono.requireUser(verifier, { isRevoked }), (c) => c.json({}))
  .get('/down', forHono.requireUser(verifier, { isRevoked: isUnknown }), (c) => c.json({}))

const expressApp = express()
expressApp.get('/me', forExpress.requireUser(verifier), (request, response) => {
  response.json({ id: forExpress.getClaims(request).user_id })
})
expressApp.get('/now', forExpress.requireUser(verifier, { isRevoked }), (_, response) => {
  response.json({})
})
expressApp.get('/down', forExpress.requireUser(verifier, { isRevoked: isUnknown }), (_, response) => {
  response.json({})
})

const fastify = Fastify()
fastify.get('/me', { onRequest: forFastify.requireUser(verifier) }, (request, reply) => {
  void reply.send({ id: forFastify.getClaims(request).user_id })
})
fastify.get('/now', { onRequest: forFastify.requireUser(verifier, { isRevoked }) }, async () => ({}))
fastify.get(
  '/down',
  { onRequest: forFastify.requireUser(verifier, { isRevoked: isUnknown }) },
  async () => ({}),
)

const routes: Record<string, (request: NextRequest, context: object) => Promise<Response>> = {
  '/me': withUser(verifier, (_, { claims }) => Response.json({ id: claims.user_id })),
  '/now': withUser(verifier, () => Response.json({}), { isRevoked }),
  '/down': withUser(verifier, () => Response.json({}), { isRevoked: isUnknown }),
}

async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener)
  const port = await listen(server)
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${port}`
}

afterAll(() => fastify.close())
await fastify.ready()

const servers = [
  ['Hono', await serve(getRequestListener(hono.fetch))],
  ['Express', await serve(expressApp)],
  ['Fastify', await serve((request, response) => fastify.routing(request, response))],
  [
    'a Next.js route handler',
    await serve(
      getRequestListener(async (request) => {
        const route = routes[new URL(request.url).pathname]
        return route === undefined
          ? new Response(null, { status: 404 })
          : route(new NextRequest(request.url, { headers: request.headers }), {})
      }),
    ),
  ],
]

describe.each(servers)('%s', (_, origin) => {
  async function get(path: string, authorization?: string) {
    const response = await fetch(`${origin}${path}`, {
      headers: authorization === undefined ? {} : { authorization },
    })
    const { headers } = response
    return {
      status: response.status,
      body: await response.json(),
      challenge: headers.get('www-authenticate'),
      cache: headers.get('cache-control'),
      retry: headers.get('retry-after'),
    }
  }

  test('a good token passes, and the route knows whose it is', async () => {
    expect(await get('/me', await bearer())).toMatchObject({ status: 200, body: { id: 7 } })
  })

  test('no token is 401 with a challenge', async () => {
    expect(await get('/me')).toEqual({
      status: 401,
      body: { detail: 'Authentication credentials were not provided.', code: 'not_authenticated' },
      challenge: 'Bearer',
      cache: 'no-store',
      retry: null,
    })
  })

  test('a bad, an old and a refresh token are 401 with codes', async () => {
    const codeOf = async (authorization: string) => (await get('/me', authorization)).body
    const challenge = 'Bearer error="invalid_token"'
    expect(await get('/me', 'Bearer garbage')).toMatchObject({ status: 401, challenge })
    expect(await codeOf('Bearer garbage')).toMatchObject({ code: 'token_invalid' })
    expect(await codeOf('Bearer a b')).toMatchObject({ code: 'bad_authorization_header' })
    expect(await codeOf(await bearer({ exp: 1, iat: 0 }))).toMatchObject({ code: 'token_expired' })
    expect(await codeOf(await bearer({ token_type: 'refresh' }))).toMatchObject({ code: 'token_wrong_type' })
  })

  test('a route that must know at once refuses a session that ended', async () => {
    expect(await get('/now', await bearer())).toMatchObject({ status: 401, body: { code: 'session_ended' } })
  })

  test('a route that cannot check is 503 with Retry-After', async () => {
    expect(await get('/down', await bearer())).toMatchObject({
      status: 503,
      body: { code: 'service_unavailable' },
      challenge: null,
      retry: '1',
    })
  })
})

test('an unguarded route fails visibly instead of serving strangers', () => {
  expect(() => forExpress.getClaims({})).toThrow(TypeError)
})

test('a fault that is not of the token is no refusal', async () => {
  const broken = createVerifier({
    secret: 'x'.repeat(32),
    isRevoked: async () => {
      throw new Error('broken')
    },
  })
  const route = withUser(broken, () => new Response())
  const request = new Request('http://test/', { headers: { authorization: await bearer() } })
  await expect(route(request, {})).rejects.toThrow('broken')
})
