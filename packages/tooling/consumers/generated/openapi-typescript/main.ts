import createClient from 'openapi-fetch'
import type { paths } from './schema'

const [baseUrl = '', email = '', password = ''] = process.argv.slice(2)
const client = createClient<paths>({ baseUrl })

const login = await client.POST('/api/users/login/', { body: { email, password } })
if (login.data === undefined) throw new Error(JSON.stringify(login.error))

const pair = await client.POST('/api/users/token/refresh/', { body: { refresh: login.data.refresh } })
if (pair.data === undefined) throw new Error(JSON.stringify(pair.error))

const headers = { Authorization: `Bearer ${pair.data.access}` }
const sessions = await client.GET('/api/users/sessions/', { headers })
if (sessions.data === undefined) throw new Error(JSON.stringify(sessions.error))

const isRotated = pair.data.refresh !== login.data.refresh
console.log(
  JSON.stringify({
    email: login.data.user.email,
    isRotated,
    current: sessions.data.some((one) => one.is_current),
  }),
)
