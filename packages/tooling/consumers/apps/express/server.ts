import { callWithRefresh, createAuthClient, findAuthError } from '@pockitflyer/auth-client'
import { getClaims, requireUser } from '@pockitflyer/auth-client/express'
import { createVerifier } from '@pockitflyer/auth-client/verifier'
import express, { type ErrorRequestHandler } from 'express'
import { forget, keep, read } from './cookies.ts'

const origin = process.env.ACCOUNTS_ORIGIN ?? 'http://localhost:8000'
const url = `${origin}/api/trpc`
const verifier = createVerifier({ jwksUrl: `${origin}/.well-known/jwks.json` })
const service = createAuthClient({ url })

const app = express().use(express.json())

app.get('/mine', requireUser(verifier), (request, response) => {
  response.json({ id: getClaims(request).user_id })
})

app.post('/login', async (request, response) => {
  const { email, password } = request.body
  const { user, ...tokens } = await service.auth.login.mutate({ email, password })
  keep(response, tokens)
  response.json(user)
})

app.get('/me', async (request, response) => {
  const { access, refresh } = read(request)
  const user = await callWithRefresh(access, {
    call: (token) => createAuthClient({ url, accessToken: () => token }).auth.me.query(),
    async refresh() {
      if (refresh === undefined) return undefined // No visitor is logged in: 401.
      const tokens = await service.auth.refresh.mutate({ refresh })
      keep(response, tokens)
      return tokens.access
    },
  })
  response.json(user)
})

app.post('/logout', async (request, response) => {
  const { refresh = '' } = read(request)
  forget(response)
  await service.auth.logout.mutate({ refresh }).catch(() => {})
  response.sendStatus(204)
})

const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  const answer = findAuthError(error)
  if (answer === undefined) return next(error)
  const { code, httpStatus, message, fields, retryAfterSeconds } = answer
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds))
  response.status(httpStatus).json({ code, message, fields })
}
app.use(answerError)

const server = app.listen(Number(process.env.PORT ?? 4000), () => {
  console.log(JSON.stringify(server.address()))
})
