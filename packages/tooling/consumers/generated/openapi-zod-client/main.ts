import { createApiClient } from './client'

const [baseUrl = '', email = '', password = ''] = process.argv.slice(2)
const client = createApiClient(baseUrl)

const session = await client.login({ email, password })
const pair = await client.refresh({ refresh: session.refresh })
const headers = { Authorization: `Bearer ${pair.access}` }
const sessions = await client.listSessions({ headers })

const isRotated = pair.refresh !== session.refresh
console.log(
  JSON.stringify({ email: session.user.email, isRotated, current: sessions.some((one) => one.is_current) }),
)
